import { CELL_KEYS } from '../../crystal/cell.ts';
import type { DescentRun } from './descentRun.ts';

/** Every step of every descent: start, setting, step, cell, loss. Angstrom and degrees, full precision. */
export function trajectoriesCsv(runs: readonly DescentRun[], loss: string): string {
  const unit = (i: number): string => (i < 3 ? 'angstrom' : 'degree');
  const head = [
    'start',
    'setting',
    'step',
    ...CELL_KEYS.map((key, i) => `${key}_${unit(i)}`),
    `${loss}_loss`,
  ];
  const rows = runs.flatMap(({ start, mode, count, cells, losses }) =>
    Array.from({ length: count }, (_, step) =>
      [start + 1, mode, step, ...cells.subarray(6 * step, 6 * step + 6), losses[step]!].join(','),
    ),
  );
  return `${[head.join(','), ...rows].join('\n')}\n`;
}
