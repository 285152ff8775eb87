/**
 * SVG path of a line that breaks at missing values. Where points are closer than a pixel, only the lowest and the
 * highest of each pixel stay, so that no spike is lost.
 */
export function linePath(
  ys: ArrayLike<number>,
  px: (i: number) => number,
  py: (y: number) => number,
): string {
  const n = ys.length;
  const together = Math.max(1, Math.floor(n / Math.max(1, Math.abs(px(n - 1) - px(0)))));
  let path = '';
  let pen = 'M';
  const add = (i: number): void => {
    path += `${pen}${px(i).toFixed(1)} ${py(ys[i]!).toFixed(1)}`;
    pen = 'L';
  };
  for (let from = 0; from < n; from += together) {
    let [least, most] = [-1, -1];
    for (let i = from; i < Math.min(n, from + together); i++) {
      if (!Number.isFinite(ys[i])) continue;
      if (least < 0 || ys[i]! < ys[least]!) least = i;
      if (most < 0 || ys[i]! > ys[most]!) most = i;
    }
    if (least < 0) pen = 'M';
    else for (const i of new Set([Math.min(least, most), Math.max(least, most)])) add(i);
  }
  if (together > 1 && Number.isFinite(ys[n - 1])) add(n - 1);
  return path;
}
