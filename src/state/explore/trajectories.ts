import { CELL_KEYS } from '../../crystal/cell.ts';
import type { ContinuedRun } from './continuedRun.ts';
import type { DescentRun } from './descentRun.ts';

/**
 * Every step of every path: start, setting, step, cell, loss. Angstrom and degrees, full precision. Where there are
 * continued paths, the width under which the loss was smoothed follows: 0 where it was not.
 */
export function trajectoriesCsv(
  runs: readonly DescentRun[],
  continued: readonly ContinuedRun[],
  loss: string,
): string {
  const unit = (i: number): string => (i < 3 ? 'angstrom' : 'degree');
  const head = [
    'start',
    'setting',
    'step',
    ...CELL_KEYS.map((key, i) => `${key}_${unit(i)}`),
    `${loss}_loss`,
    ...(continued.length > 0 ? ['smoothing_degree'] : []),
  ];
  const rows = [...runs, ...continued].flatMap(run => {
    const { start, mode, count, cells, losses } = run;
    const width = (step: number): readonly number[] =>
      continued.length === 0 ? [] : ['stages' in run ? run.widths[run.stages[step]!]! : 0];
    return Array.from({ length: count }, (_, step) =>
      [
        ...[start + 1, mode, step, ...cells.subarray(6 * step, 6 * step + 6), losses[step]!],
        ...width(step),
      ].join(','),
    );
  });
  return `${[head.join(','), ...rows].join('\n')}\n`;
}
