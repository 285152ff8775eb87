import { type ReactNode, useMemo } from 'react';
import type { Instrument } from '../../diffraction/instrument.ts';
import { limitingSphere } from '../../diffraction/reflections.ts';
import type { Fract } from '../../phasing/positions.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { formatNumber, formatPercent, superscript } from '../../ui/format.ts';
import { PatternPane } from '../pattern/PatternPane.tsx';
import { EmptyPattern, MissingPattern } from '../pattern/PatternView.tsx';
import type { CurrentScene, PatternOptions, TargetScene } from '../pattern/scene.ts';
import { useLabScene } from './useLab.ts';

export interface LabPatternProps {
  readonly names: readonly [string, string];
  readonly title?: string;
  /** In place of the pattern of the loaded crystal, and of the one that the laboratory computed beside it. */
  readonly target?: TargetScene;
  readonly other?: CurrentScene | null | undefined;
  /** A reflection to mark, with its spacing. */
  readonly mark?: { readonly hkl: Fract; readonly d: number } | null;
  /** The difference is meant to be nothing: say how large it is. */
  readonly same?: boolean;
  readonly status?: ReactNode;
}

/** The powder pattern of the laboratory: two patterns with the same reflections, their difference in figures. */
export function LabPattern(props: LabPatternProps): ReactNode {
  const { names, title = 'Powder pattern', mark = null, same = false, status } = props;
  const scene = useLabScene();
  const { target = scene.target, other = scene.other } = props;
  const failure = useBraggscape(state => state.phases.pattern.message);
  const formula = useBraggscape(state => state.structure?.formula ?? '');
  const difference = useMemo(
    () => (target && other ? largestDifference(target, other) : null),
    [target, other],
  );
  const wavelength = target?.instrument.wavelength ?? 1;
  const window = target ? windowSpacing(target.instrument) : 1;
  const markKey = mark && `${mark.hkl.join()} ${mark.d}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the mark is compared by its values
  const options = useMemo((): PatternOptions => {
    const sine = mark ? wavelength / (2 * mark.d) : 2;
    return {
      target: names[0],
      current: names[1],
      single: true,
      beside: false,
      mark:
        mark && mark.d >= window * (1 - 1e-9) && sine < 1
          ? { hkl: [...mark.hkl], twoTheta: (2 * Math.asin(sine) * 180) / Math.PI }
          : null,
      note:
        same && difference !== null
          ? `${differenceText(difference)}: the intensity is |F|² and nothing else`
          : null,
    };
  }, [names[0], names[1], markKey, wavelength, window, same, difference]);
  if (!target) return <EmptyPattern />;
  const words = difference === null ? '' : ` ${differenceText(difference)}.`;
  return (
    <PatternPane
      target={target}
      current={other}
      title={title}
      options={options}
      label={`Powder pattern of ${formula}: ${names[0]} filled, ${names[1]} as a line, reflections as ticks, and the difference.${words}`}
      status={
        failure ? (
          <MissingPattern>{failure}</MissingPattern>
        ) : (
          <span>{status ?? (same ? null : difference !== null && differenceText(difference))}</span>
        )
      }
    >
      <p className="visually-hidden" aria-live="polite" data-testid="pattern-difference">
        {difference === null ? '' : `Pattern: ${differenceText(difference)}.`}
      </p>
    </PatternPane>
  );
}

/** Largest difference of two patterns over the highest point of the first. */
function largestDifference(target: TargetScene, other: CurrentScene): number {
  const [p, q] = [target.side.values, other.side.values];
  let most = 0;
  for (let i = 0; i < p.length; i++) most = Math.max(most, Math.abs(p[i]! - q[i]!));
  return (most * target.scale) / 100;
}

/** Below this a difference is the rounding of the last digits. */
const ROUNDING = 1e-12;

/** "difference 0 at every 2θ (largest 2 · 10⁻¹⁶ of the highest point)". */
export function differenceText(difference: number): string {
  if (difference >= 5e-5) return `largest difference ${formatPercent(difference, 2)} of the highest point`;
  if (difference === 0) return 'difference 0 at every 2θ';
  const power = powerText(difference);
  return difference < ROUNDING
    ? `difference 0 at every 2θ but for rounding (${power})`
    : `largest difference ${power} of the highest point`;
}

/** 2.2e-16 as "2 · 10⁻¹⁶"; plain from a hundredth upwards. */
export function powerText(value: number): string {
  if (value === 0) return '0';
  if (Math.abs(value) >= 0.01) return formatNumber(value, 3);
  const [digits = '', exponent = ''] = value.toExponential(0).split('e');
  return `${digits.replace('-', '−')} · 10${superscript(Number(exponent))}`;
}

/** Smallest spacing inside the window of the instrument, angstrom. */
const windowSpacing = (instrument: Instrument): number => 1 / limitingSphere(instrument);
