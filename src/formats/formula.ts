import type { Site } from '../crystal/structure.ts';

/** Reduced formula of a cell's content, elements in order of appearance: "Na3MnCoNiO6". */
export function formulaOf(sites: readonly Site[]): string {
  const amounts = new Map<string, number>();
  for (const { element, occupancy } of sites) amounts.set(element, (amounts.get(element) ?? 0) + occupancy);
  const numbers = [...amounts.values()];
  const whole = numbers.every(amount => Math.abs(amount - Math.round(amount)) < 1e-3);
  const divisor = whole ? numbers.map(Math.round).reduce(greatestCommonDivisor) : 1;
  return [...amounts]
    .map(([element, amount]) => {
      const n = whole ? Math.round(amount) / divisor : Number(amount.toFixed(3));
      return n === 1 ? element : `${element}${n}`;
    })
    .join('');
}

const greatestCommonDivisor = (p: number, q: number): number =>
  q === 0 ? p : greatestCommonDivisor(q, p % q);
