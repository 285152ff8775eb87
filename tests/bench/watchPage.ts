/** Gaps between frames and pictures of the map since the last take. Times in ms. */
export interface Frames {
  readonly pictures: number;
  readonly median: number;
  readonly most: number;
  readonly longest: number;
}

/** Effects of an input on the page. */
export type Follower = 'pattern' | 'numbers' | 'cell' | 'map';

/**
 * Script for the page. `frames.take()`: the gaps between frames since it was last called, and how often the map was painted.
 * `expectAfterInput(followers)`, then an input, then `reaction`: ms from the input's event until all of these have been drawn
 * anew, infinite after five seconds. Armed before the input, since a busy page takes events first.
 */
export const WATCH = `
  (() => {
    let gaps = [], pictures = 0, last = performance.now(), waiting = null;
    const drawn = follower => {
      if (!waiting || waiting.begin === null) return;
      waiting.missing.delete(follower);
      if (waiting.missing.size) return;
      waiting.resolve(performance.now() - waiting.begin);
      waiting = null;
    };
    for (const type of ['pointermove', 'keydown', 'pointerdown'])
      addEventListener(type, event => { if (waiting) waiting.begin ??= event.timeStamp; }, true);
    const hook = (prototype, name, heard) => {
      const own = prototype[name];
      prototype[name] = function (...given) {
        heard(this.canvas, ...given);
        return own.apply(this, given);
      };
    };
    // a map that is painted again as it was is no answer
    let before = 0;
    const sumOf = pixels => {
      let sum = 0;
      for (let i = 0; i < pixels.length; i += 37) sum = (sum * 31 + pixels[i]) | 0;
      return sum;
    };
    hook(CanvasRenderingContext2D.prototype, 'putImageData', (canvas, image) => {
      if (!canvas.dataset?.heatmap) return;
      const sum = sumOf(image.data);
      if (sum === before) return;
      before = sum;
      pictures++;
      drawn('map');
    });
    hook(CanvasRenderingContext2D.prototype, 'setTransform', canvas => {
      if (canvas.closest?.('[data-pane=pattern]')) drawn('pattern');
    });
    hook(WebGL2RenderingContext.prototype, 'clear', canvas => {
      if (canvas.closest?.('[data-cell-picture]')) drawn('cell');
    });
    new MutationObserver(changes => {
      if (changes.some(({ target }) => target.parentElement?.closest('[data-testid=current]'))) drawn('numbers');
    }).observe(document.body, { subtree: true, characterData: true, childList: true });
    const frame = now => {
      gaps.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    window.frames.take = () => {
      const sorted = gaps.slice(1).sort((p, q) => p - q);
      const at = share => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
      const found = { pictures, median: at(0.5), most: at(0.95), longest: at(1) };
      [gaps, pictures] = [[], 0];
      return found;
    };
    window.expectAfterInput = followers => {
      window.reaction = new Promise(resolve => {
        waiting = { begin: null, missing: new Set(followers), resolve };
        setTimeout(() => resolve(Infinity), 5000);
      });
    };
  })()
`;
