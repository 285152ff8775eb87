import { fieldRange } from '../../landscape/minima.ts';
import type { MapState } from '../../state/explore/exploreState.ts';
import type { ColourMapId } from '../../ui/colourMaps.ts';
import { fieldPng } from '../../ui/mapFigure.ts';
import { saveSvg, standaloneSvg } from '../../ui/saveSvg.ts';

/** Of the small maps on screen: for a page or a wall. */
const SCALE = 2.4;
const GAP = 14;
const MARGIN = 16;
const WORDS = 46;

/** The ladder of stages as on screen, larger and in a row, with a line that says what it is. */
export async function saveLadder(
  pane: HTMLElement,
  stages: readonly { readonly name: string; readonly map: MapState | undefined }[],
  colourMap: ColourMapId,
  caption: string,
  name: string,
  kind: 'svg' | 'png',
): Promise<void> {
  const marks = [...pane.querySelectorAll<SVGSVGElement>('[data-part="stage-ladder"] svg:last-of-type')];
  const small = marks[0]?.getBoundingClientRect().width ?? 0;
  if (small === 0 || stages.some(({ map }) => !map))
    throw new Error('the maps of the stages are not all there');
  const side = SCALE * small;
  const style = getComputedStyle(pane);
  const text = (x: number, y: number, size: number, anchor: string, words: string): string =>
    `<text x="${x}" y="${y}" text-anchor="${anchor}" font-size="${size}" font-family="${style.fontFamily.replaceAll('"', "'")}" fill="${style.getPropertyValue('--ink')}">${words}</text>`;
  const parts = await Promise.all(
    stages.map(async ({ name: words, map }, i) => {
      const { xRange, yRange } = map!.slice;
      const area = { width: side, height: side, xRange, yRange };
      const heat = { field: map!, area, range: fieldRange(map!.values), colourMap, smooth: true };
      const at = MARGIN + i * (side + GAP);
      const overlay = new XMLSerializer().serializeToString(standaloneSvg(marks[i]!));
      return [
        `<image href="${await fieldPng(heat, 2)}" x="${at}" y="${MARGIN}" width="${side}" height="${side}"/>`,
        `<g transform="translate(${at} ${MARGIN}) scale(${SCALE})">${overlay}</g>`,
        text(at + side / 2, MARGIN + side + 18, 13, 'middle', words),
      ].join('');
    }),
  );
  const width = 2 * MARGIN + stages.length * side + (stages.length - 1) * GAP;
  const height = MARGIN + side + WORDS;
  const paper = `<rect width="100%" height="100%" fill="${style.getPropertyValue('--panel')}"/>`;
  await saveSvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${paper}${parts.join('')}${text(MARGIN, height - 8, 11, 'start', caption)}</svg>\n`,
    name,
    kind,
  );
}
