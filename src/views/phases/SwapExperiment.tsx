import { type ReactNode, useMemo } from 'react';
import type { Structure } from '../../crystal/structure.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { Formula } from '../../ui/Formula.tsx';
import { formatNumber, THIN } from '../../ui/format.ts';
import type { ArgandSum } from './Argand.tsx';
import { ArgandPane } from './ArgandPane.tsx';
import { DensityPane } from './DensityPane.tsx';
import { ExperimentLayout, TwoPanes } from './ExperimentLayout.tsx';
import { LabPattern } from './LabPattern.tsx';
import { PhaseControls } from './PhaseControls.tsx';
import { ReflectionList } from './ReflectionList.tsx';
import { SectionControls } from './SectionControls.tsx';
import { sumOf, useContributions, useLab, useLabScene, useReflection } from './useLab.ts';

const HOME = [0, 0, 0] as const;

/** Names of the chosen phases in titles, in the list and at the arrow. */
const NAMES = {
  true: ['True phases again', 'true'],
  zero: ['All phases zero', 'zero'],
  random: ['Random phases', 'random'],
  perturbed: ['Perturbed phases', 'perturbed'],
  borrowed: ['Swapped phases', 'swapped'],
} as const;

/** 2: the same amplitudes with other phases. */
export function SwapExperiment({ structure }: { structure: Structure }): ReactNode {
  const [phases, picture, plane, height, spread, share] = [
    useLab('phases'),
    useLab('picture'),
    useLab('plane'),
    useLab('height'),
    useLab('spread'),
    useLab('share'),
  ];
  const { value: maps, status, message: failure } = useBraggscape(state => state.phases.maps);
  const lender = useBraggscape(state => state.phases.lender?.structure ?? null);
  const reflection = useReflection();
  const hkl = reflection?.hkl ?? null;
  const arrows = useContributions(structure, structure.sites, hkl, HOME);
  const { target, other } = useLabScene();
  const [title, name] = NAMES[phases];
  const row = reflection?.row ?? null;
  const sums = useMemo((): ArgandSum[] => {
    const truth = sumOf(arrows);
    const list: ArgandSum[] = [{ name: 'true', ...truth, tone: 'ink' }];
    if (!row || name === 'true') return list;
    const angle = (row.otherPhase * Math.PI) / 180;
    const size = Math.hypot(truth.re, truth.im);
    list.push({ name, re: size * Math.cos(angle), im: size * Math.sin(angle), tone: 'current' });
    return list;
  }, [arrows, row, name]);
  const where =
    picture === 'section' ? (
      <>
        {' '}
        at <i>{plane}</i> = {formatNumber(height)}
      </>
    ) : null;
  const peak = (value: number): ReactNode => (
    <>
      peak {formatNumber(value, 1)}
      {THIN}e{THIN}Å⁻³
    </>
  );
  const borrowed = phases === 'borrowed' && lender;
  const expected = Math.exp(-0.5 * ((spread * Math.PI) / 180) ** 2);
  return (
    <ExperimentLayout
      rail={
        <>
          <PhaseControls />
          <SectionControls
            spacing={maps?.spacing ?? null}
            unit="e Å⁻³"
            with={{ resolution: true, blur: true, contour: true, atoms: true }}
          />
          <ReflectionList other={name} amplitudes={false} />
        </>
      }
      main={
        <TwoPanes as={picture === 'surface' ? 'abreast' : undefined}>
          <DensityPane
            title="True phases"
            name="Density with the true phases"
            sub={
              maps && (
                <>
                  density of <Formula text={structure.formula} />
                  {where}, {peak(maps.truth.highest)}
                </>
              )
            }
            structure={structure}
            map={maps?.truth ?? null}
            darkest={maps?.truth.highest ?? 1}
            tone="truth"
            stale={status === 'computing'}
            failure={failure}
          />
          <DensityPane
            title={title}
            name={title}
            sub={
              maps && (
                <>
                  same |<i>F</i>|
                  {borrowed && (
                    <>
                      , phases of <Formula text={borrowed.formula} />
                      {share < 1 && ` (${formatNumber(100 * share, 0)}${THIN}% of the way)`}
                    </>
                  )}
                  : {peak(maps.other.highest)}; correlation{' '}
                  <b data-testid="correlation">{formatNumber(maps.correlation, 2)}</b> with the true map
                  {phases === 'perturbed' && `, exp(−w²/2) = ${formatNumber(expected, 2)}`}
                  {borrowed && maps.lenderCorrelation !== null && (
                    <>
                      , {formatNumber(maps.lenderCorrelation, 2)} with <Formula text={borrowed.formula} /> in
                      this cell
                    </>
                  )}
                </>
              )
            }
            structure={structure}
            map={maps?.other ?? null}
            darkest={maps?.truth.highest ?? 1}
            tone="current"
            stale={status === 'computing'}
            failure={failure}
            lender={phases === 'borrowed' ? lender : null}
            faint={phases !== 'true'}
          />
          <p className="visually-hidden" aria-live="polite">
            {maps &&
              `${title}: correlation with the true map ${formatNumber(maps.correlation, 2)}, highest density ${formatNumber(maps.other.highest, 1)}.`}
          </p>
        </TwoPanes>
      }
      side={
        hkl && (
          <ArgandPane
            sites={structure.sites}
            hkl={hkl}
            arrows={arrows}
            sums={sums}
            chosen={null}
            text={
              <>
                Each arrow is one atom; laid end to end they reach the true <i>F</i>. The powder pattern keeps
                only its length: every point of the dashed circle gives the same peak.
              </>
            }
          />
        )
      }
      lower={
        <LabPattern
          target={target}
          other={other}
          names={['true phases', `${name} phases`]}
          title="Powder pattern, unchanged"
          mark={hkl && row ? { hkl, d: row.d } : null}
          same
        />
      }
    />
  );
}
