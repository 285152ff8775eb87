import { formatNumber, formatPercent } from '../../ui/format.ts';
import type { CurrentScene, TargetScene } from '../pattern/scene.ts';

/** Largest difference of two patterns over the highest point of the first. */
export function largestDifference(target: TargetScene, other: CurrentScene): number {
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
  const raised = [...exponent.replace('+', '')].map(sign => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)] ?? '⁻').join('');
  return `${digits.replace('-', '−')} · 10${raised}`;
}
