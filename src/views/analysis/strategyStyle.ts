import type { StrategyId } from '../../optimise/strategy.ts';

/** Names and looks of the ways of descending beyond the paper; a letter tells the paths apart. */
export interface StrategyStyle {
  readonly id: StrategyId | 'plain';
  readonly name: string;
  readonly letter: string;
  readonly meaning: string;
}

export const STRATEGY_STYLES: readonly StrategyStyle[] = [
  { id: 'plain', name: 'plain descent', letter: 'P', meaning: 'The paper’s descent in the same setting.' },
  { id: 'momentum', name: 'Momentum', letter: 'M', meaning: 'Heavy ball, v ← m v + g (Qian 1999).' },
  {
    id: 'nesterov',
    name: 'Nesterov',
    letter: 'N',
    meaning: 'Momentum that looks ahead, g + m v (Sutskever et al. 2013).',
  },
  {
    id: 'adam',
    name: 'Adam',
    letter: 'A',
    meaning: 'Each parameter in units of its mean slope (Kingma & Ba 2015).',
  },
  {
    id: 'multiStart',
    name: 'Multi-start',
    letter: 'S',
    meaning:
      'Descents from starts within ±10 % of this one; the lowest loss wins. It costs as many times the steps.',
  },
  {
    id: 'annealed',
    name: 'Annealed width',
    letter: 'W',
    meaning:
      'Eight stages of 300 steps from wide peaks, of target and trial, down to the instrument’s; the rate grows with the width.',
  },
  {
    id: 'shiftTolerant',
    name: 'Shift-tolerant first',
    letter: 'T',
    meaning: '2 000 steps on de Gelder’s loss at twice the rate, finished on the chosen loss.',
  },
  {
    id: 'soft',
    name: 'Soft symmetry',
    letter: 'Y',
    meaning: 'A pull towards the projection after each step, growing from nothing.',
  },
  {
    id: 'jitter',
    name: 'Off the symmetry line',
    letter: 'J',
    meaning: 'A constrained start pushed off its line by this tilt: on the line the slope across vanishes.',
  },
  {
    id: 'wrongFamily',
    name: 'Wrong family',
    letter: 'F',
    meaning: 'Constrained to a family that the crystal does not have.',
  },
];

export function strategyStyle(id: StrategyStyle['id']): StrategyStyle {
  const style = STRATEGY_STYLES.find(entry => entry.id === id);
  if (!style) throw new Error(`no descent is called "${id}"`);
  return style;
}
