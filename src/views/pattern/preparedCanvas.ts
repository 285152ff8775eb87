/** The context of a canvas in CSS pixels, its bitmap resized only when it must be. */
export function preparedCanvas(
  canvas: HTMLCanvasElement | null,
  size: { readonly width: number; readonly height: number },
  ratio: number,
): CanvasRenderingContext2D | null {
  // Drawn by the CPU: hundreds of thin paths cost a GPU, and most of all a software one, far more than the upload.
  const ctx = canvas?.getContext('2d', { willReadFrequently: true });
  if (!canvas || !ctx) return null;
  const width = Math.round(size.width * ratio);
  const height = Math.round(size.height * ratio);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  canvas.style.width = `${size.width}px`;
  canvas.style.height = `${size.height}px`;
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  return ctx;
}
