import { type ReactNode, useMemo } from 'react';
import type { Fract } from '../../phasing/positions.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { windowSpacing } from '../../state/phases/windowSpacing.ts';
import { PatternPane } from '../pattern/PatternPane.tsx';
import { EmptyPattern, MissingPattern } from '../pattern/PatternView.tsx';
import type { CurrentScene, PatternOptions, TargetScene } from '../pattern/scene.ts';
import { differenceText, largestDifference } from './patternDifference.ts';
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
