import { WebGLRenderer, type WebGLRendererParameters } from 'three';

/** A renderer on a canvas of its own. */
export interface GlRenderer {
  readonly renderer: WebGLRenderer;
  /** Pixels of the drawing buffer, in CSS pixels and their ratio; no change throws nothing away. */
  resize(width: number, height: number, ratio?: number): void;
  dispose(): void;
}

const MAX_PIXEL_RATIO = 2;
const ATTRIBUTES = { antialias: true, powerPreference: 'low-power' } as const;

/**
 * Opens a WebGL 2 context on a canvas inside `host`. Throws where there is none.
 * @param onLost called when the context is lost; all that draws with it must then be disposed of
 * @param onRestored called when the browser gives a lost context back: time for a new renderer
 */
export function openRenderer(
  host: HTMLElement,
  onLost: () => void,
  onRestored: () => void,
  options: Pick<WebGLRendererParameters, 'alpha'> = {},
): GlRenderer {
  const canvas = document.createElement('canvas');
  canvas.setAttribute('aria-hidden', 'true');
  // Asked by three, a browser without would get three errors in its console; three takes the context that is there.
  if (!canvas.getContext('webgl2', ATTRIBUTES)) throw new Error('this browser offers no WebGL 2 context');
  const renderer = new WebGLRenderer({ canvas, ...ATTRIBUTES, ...options });
  const lost = (event: Event): void => {
    event.preventDefault();
    onLost();
  };
  canvas.addEventListener('webglcontextlost', lost);
  canvas.addEventListener('webglcontextrestored', onRestored, { once: true });
  host.prepend(canvas);
  let size = '';
  return {
    renderer,
    resize(width, height, ratio = Math.min(MAX_PIXEL_RATIO, devicePixelRatio)) {
      const wanted = `${width} ${height} ${ratio}`;
      // Even to the same size this would throw the drawing buffer away.
      if (wanted === size) return;
      size = wanted;
      renderer.setPixelRatio(ratio);
      renderer.setSize(width, height, false);
    },
    dispose() {
      canvas.removeEventListener('webglcontextlost', lost);
      renderer.dispose();
      // Browsers keep few contexts and drop the oldest: this one is given back at once.
      if (!renderer.getContext().isContextLost()) renderer.forceContextLoss();
      canvas.remove();
    },
  };
}
