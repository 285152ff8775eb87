import {
  type Camera,
  MeshBasicMaterial,
  NoBlending,
  type Scene,
  Vector2,
  type WebGLRenderer,
  WebGLRenderTarget,
} from 'three';
import { FullScreenQuad } from 'three/addons/postprocessing/Pass.js';

/** Shows pictures on the renderer's canvas without letting the page wait for them. */
export interface GlPresenter {
  /**
   * Draws what `prepare` makes ready: at once, or when the device is done with the picture before; of several that come
   * meanwhile the last alone. Resolves when it, or a later one, is on the canvas.
   * @param other it shows something else than the one before, so that nobody knows how long it takes
   */
  show(prepare: () => readonly [Scene, Camera], other: boolean): Promise<void>;
  dispose(): void;
}

/** A device that needs longer for a picture is slow, ms. */
const PATIENCE = 40;
/** As a canvas with antialiasing has. */
const SAMPLES = 4;

/**
 * What is drawn on a canvas in WebGL is awaited by the page where frames are put together without a GPU: as long as a
 * second for 500 atoms drawn in software. Such a picture is drawn beside the canvas and copied to it when the device
 * says that it is done. `renderer` writes linear colours.
 */
export function glPresenter(renderer: WebGLRenderer): GlPresenter {
  const gl = renderer.getContext() as WebGL2RenderingContext;
  const beside = new WebGLRenderTarget(1, 1, { samples: SAMPLES });
  const ink = new MeshBasicMaterial({
    map: beside.texture,
    blending: NoBlending,
    depthTest: false,
    depthWrite: false,
    fog: false,
  });
  const copy = new FullScreenQuad(ink);
  const size = new Vector2();
  let next: Parameters<GlPresenter['show']>[0] | null = null;
  let told: (() => void)[] = [];
  let look = 0;
  let slow = false;

  const draw = (): void => {
    if (!next) return;
    const [scene, camera] = next();
    next = null;
    const aside = slow;
    const hear = told;
    told = [];
    if (aside) {
      renderer.getDrawingBufferSize(size);
      beside.setSize(size.x, size.y);
      renderer.setRenderTarget(beside);
    }
    renderer.render(scene, camera);
    renderer.setRenderTarget(null);
    const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    gl.flush();
    const begin = performance.now();
    const wait = (): void => {
      look = 0;
      if (!fence || gl.isContextLost()) return;
      if (gl.getSyncParameter(fence, gl.SYNC_STATUS) !== gl.SIGNALED) {
        look = requestAnimationFrame(wait);
        return;
      }
      gl.deleteSync(fence);
      slow = performance.now() - begin > PATIENCE;
      if (aside) copy.render(renderer);
      for (const tell of hear) tell();
      draw();
    };
    look = requestAnimationFrame(wait);
  };

  return {
    show(prepare, other) {
      next = prepare;
      slow ||= other;
      return new Promise(resolve => {
        told.push(resolve);
        if (!look) draw();
      });
    },
    dispose() {
      cancelAnimationFrame(look);
      beside.dispose();
      ink.dispose();
      copy.dispose();
    },
  };
}
