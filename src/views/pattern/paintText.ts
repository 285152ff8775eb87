import type { Hkl } from '../../diffraction/mergePeaks.ts';
import type { Ink } from '../../ui/ink.ts';
import type { Palette } from '../palette.ts';
import { indexParts } from './HklText.tsx';

export const setFont = (ctx: Ink, palette: Palette, size: number, style = ''): void => {
  ctx.font = `${style} ${size}px ${palette.font}`;
};

/** Gap between indices of two digits, and how far a bar stands over its digit. */
const GAP = 3;
const BAR_UP = 9;

const hklWidth = (ctx: Ink, hkl: Hkl): number =>
  indexParts(hkl).reduce((sum, part) => sum + ctx.measureText(part.digits).width + (part.apart ? GAP : 0), 0);

/** hkl centred on x, standing on y, negative indices under a bar; on a halo of the panel's colour. */
export function paintHkl(ctx: Ink, hkl: Hkl, x: number, y: number, palette: Palette): void {
  setFont(ctx, palette, 10.5);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  ctx.lineJoin = 'round';
  ctx.fillStyle = palette.ink;
  let at = x - hklWidth(ctx, hkl) / 2;
  for (const { digits, bar, apart } of indexParts(hkl)) {
    if (apart) at += GAP;
    const width = ctx.measureText(digits).width;
    ctx.strokeStyle = palette.panel;
    ctx.lineWidth = 3;
    ctx.strokeText(digits, at, y);
    ctx.fillText(digits, at, y);
    if (bar) {
      ctx.strokeStyle = palette.ink;
      ctx.lineWidth = 1;
      ctx.beginPath();
      ctx.moveTo(at + 0.5, Math.round(y - BAR_UP) - 0.5);
      ctx.lineTo(at + width - 0.5, Math.round(y - BAR_UP) - 0.5);
      ctx.stroke();
    }
    at += width;
  }
}

/** "Q / Å⁻¹" ending at x: the symbol of a quantity italic, unless it is Greek. */
export function paintQuantity(
  ctx: Ink,
  symbol: string,
  unit: string,
  x: number,
  y: number,
  palette: Palette,
): void {
  ctx.textAlign = 'right';
  ctx.fillStyle = palette.ink;
  setFont(ctx, palette, 11);
  const rest = `\u202f/\u202f${unit}`;
  ctx.fillText(rest, x, y);
  const width = ctx.measureText(rest).width;
  setFont(ctx, palette, 11, symbol.includes('θ') ? '' : 'italic');
  ctx.fillText(symbol, x - width, y);
}
