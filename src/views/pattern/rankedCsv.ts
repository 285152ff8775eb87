import { quotedCsv } from '../../diffraction/reflectionsCsv.ts';
import type { RankedReflections } from '../../peakspace/model/rankedReflections.ts';

/** Ranked reflections, one a line: intensities times `scale`, empty where the target has none that is known. */
export function rankedCsv(
  { rows }: RankedReflections,
  scale: number,
  axes: readonly [x: string, y: string],
): string {
  const head = [
    'h',
    'k',
    'l',
    'two_theta_deg',
    'target',
    'current',
    ...axes.map(name => `share along ${name}`),
  ];
  const lines = rows.map(({ hkl, twoTheta, target, intensity, shares }) =>
    [
      ...hkl,
      twoTheta.toFixed(5),
      target === null ? '' : (scale * target).toPrecision(8),
      (scale * intensity).toPrecision(8),
      ...shares.map(share => share.toPrecision(8)),
    ].join(','),
  );
  return `${[head.map(quotedCsv).join(','), ...lines].join('\n')}\n`;
}
