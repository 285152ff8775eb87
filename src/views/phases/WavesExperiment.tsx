import { type ReactNode, useMemo } from 'react';
import { inverseSquareSpacing, reciprocalMetric } from '../../crystal/cell.ts';
import type { Structure } from '../../crystal/structure.ts';
import type { Waves } from '../../phasing/lab/waves.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { setPhases } from '../../state/phases/phasesActions.ts';
import { Button } from '../../ui/Button.tsx';
import { DataTable, ScrollBox } from '../../ui/DataTable.tsx';
import { formatNumber, THIN } from '../../ui/format.ts';
import { HklText, hklWords } from '../pattern/HklText.tsx';
import type { ArgandSum } from './ArgandPane.tsx';
import { ArgandPane } from './ArgandPane.tsx';
import { AtomCell } from './AtomCell.tsx';
import { AtomControls, OriginControls } from './AtomControls.tsx';
import { ExperimentLayout, TwoPanes } from './ExperimentLayout.tsx';
import { LabPattern } from './LabPattern.tsx';
import { latticePlanes } from './latticePlanes.ts';
import { LESSONS } from './lessons.ts';
import { Pane } from './Pane.tsx';
import { ReflectionChoice } from './ReflectionChoice.tsx';
import { mateOf, phaseOf, phaseText, resultant } from './reflections.ts';
import { useContributions, useLabs, useMovedSites, useReflection } from './useLab.ts';

const HOME = [0, 0, 0] as const;

/** 1: the atoms' arrows, and what an atom, the mate, an absence and the origin do to them. */
export function WavesExperiment({ structure }: { structure: Structure }): ReactNode {
  const [step, origin, atom, moves] = useLabs('step', 'origin', 'atom', 'moves');
  const title = LESSONS.waves[Math.min(step, LESSONS.waves.length - 1)]!.title;
  const sites = useMovedSites(structure);
  const reflection = useReflection();
  const hkl = reflection?.hkl ?? null;
  const arrows = useContributions(structure, sites, hkl, origin);
  const before = useContributions(structure, structure.sites, hkl, HOME);
  const mate = useMemo(() => (hkl ? mateOf(hkl) : null), [hkl]);
  const mateArrows = useContributions(structure, sites, mate, origin);
  const conditions = useBraggscape(state => state.phases.waves.value?.conditions);
  const now = resultant(arrows);
  const phase = Math.hypot(now.re, now.im) > 0.005 ? phaseOf(now) : 0;
  const planes = useMemo(() => latticePlanes(hkl ?? HOME, hkl ? phase : 0), [hkl, phase]);
  const changed = moves.length > 0 || origin.some(value => value !== 0);
  const sums = useMemo((): ArgandSum[] => {
    const list: ArgandSum[] = [
      { name: changed ? 'as loaded' : 'F', ...resultant(before), tone: changed ? 'ghost' : 'ink' },
    ];
    if (changed) list.push({ name: 'now', ...resultant(arrows), tone: 'current' });
    if (title === 'Friedel pairs') list.push({ name: 'mate', ...resultant(mateArrows), tone: 'current' });
    return list;
  }, [before, arrows, mateArrows, changed, title]);
  if (!hkl) return null;
  const d = 1 / Math.sqrt(inverseSquareSpacing(reciprocalMetric(structure.cell), ...hkl));
  const size = Math.hypot(now.re, now.im);
  const moved = moves.length > 0;
  const spoken = `Reflection ${hklWords([...hkl])}: |F| ${formatNumber(size, 1)}, phase ${phaseText(phase)}.`;
  const diagram = { sites, hkl, arrows, sums, chosen: atom };
  return (
    <ExperimentLayout
      rail={
        <>
          <ReflectionChoice other="now" amplitudes />
          <AtomControls structure={structure} />
          <OriginControls />
        </>
      }
      main={
        <AtomCell
          structure={structure}
          sites={sites}
          planes={planes}
          spoken={spoken}
          title={
            <>
              Unit cell and the wave <HklText of={[...hkl]} />
            </>
          }
          sub={`crests ${formatNumber(d)}${THIN}Å apart${planes.every > 1 ? `, every ${planes.every}th of ${planes.count} drawn` : ''}, amplitude |*F*|/*V*, at φ/360° of the way`}
        />
      }
      side={
        title === 'absences' && conditions && conditions.length > 0 ? (
          <TwoPanes as="low">
            <ArgandPane {...diagram} text="" />
            <ConditionTable conditions={conditions} />
          </TwoPanes>
        ) : (
          <ArgandPane
            {...diagram}
            text={
              moved
                ? `The circle is |*F*| of \`${structure.formula}\` as loaded. Where the new arrow ends inside or outside it, the peak has become weaker or stronger.`
                : 'Each arrow is one atom; laid end to end they reach *F*. The powder pattern keeps only its length: every point of the dashed circle gives the same peak.'
            }
          />
        )
      }
      lower={
        <LabPattern
          names={['as loaded', 'now']}
          title={moved ? 'Powder pattern' : 'Powder pattern, unchanged'}
          mark={{ hkl, d }}
          same={!moved}
        />
      }
    />
  );
}

/** The conditions that the computed structure factors obey, each with a forbidden reflection to look at. */
function ConditionTable({ conditions }: Pick<Waves, 'conditions'>): ReactNode {
  return (
    <Pane title="Systematic absences" sub="found in the computed F">
      <ScrollBox label="Systematic absences">
        <DataTable
          caption="Reflection conditions of this crystal"
          rows={conditions}
          rowKey={({ zone, condition }) => `${zone} ${condition}`}
          columns={[
            { head: 'class', cell: ({ zone }) => zone },
            { head: 'present only if', words: true, cell: ({ condition }) => condition },
            { head: 'because of', words: true, cell: ({ cause }) => cause },
            { head: 'absent', cell: ({ count }) => count },
            {
              head: 'e.g.',
              cell: ({ example }) => (
                <Button
                  kind="text"
                  aria-label={`Show ${hklWords([...example])}`}
                  onClick={() => setPhases({ hkl: example })}
                >
                  <HklText of={[...example]} />
                </Button>
              ),
            },
          ]}
        />
      </ScrollBox>
    </Pane>
  );
}
