import { type RefObject, useEffect, useSyncExternalStore } from 'react';
import type { Size } from './useSize.ts';

/** Device pixels in a CSS pixel, followed through page zoom and moves between screens. */
function usePixelRatio(): number {
  return useSyncExternalStore(
    react => {
      let list = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
      const changed = (): void => {
        list.removeEventListener('change', changed);
        list = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
        list.addEventListener('change', changed);
        react();
      };
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => devicePixelRatio,
  );
}

/**
 * Paints a canvas in the next frame after its size or its painter changes; the unit is the CSS pixel, and the bitmap is
 * resized only when it must be.
 * @param paint the same function for as long as the picture is the same
 */
export function useCanvasPainting(
  canvas: RefObject<HTMLCanvasElement | null>,
  size: Size | null,
  paint: ((ctx: CanvasRenderingContext2D) => void) | null,
): void {
  const ratio = usePixelRatio();
  useEffect(() => {
    if (!size || !paint) return;
    const frame = requestAnimationFrame(() => {
      const element = canvas.current;
      // Drawn by the CPU: hundreds of thin paths cost a GPU, and most of all a software one, far more than the upload.
      const ctx = element?.getContext('2d', { willReadFrequently: true });
      if (!element || !ctx) return;
      const width = Math.round(size.width * ratio);
      const height = Math.round(size.height * ratio);
      if (element.width !== width) element.width = width;
      if (element.height !== height) element.height = height;
      element.style.width = `${size.width}px`;
      element.style.height = `${size.height}px`;
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      paint(ctx);
    });
    return () => cancelAnimationFrame(frame);
  }, [canvas, size, paint, ratio]);
}
