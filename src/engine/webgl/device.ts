import {
  backend,
  engine,
  env,
  memory,
  setBackend,
  type Tensor2D,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-webgl/dist/base.js';
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl/dist/backend_webgl.js';
import { fromMatrix, type Texels, toMatrix } from './texels.ts';

/** A GLSL ES 3.00 fragment program over textures of RGBA texels; textures are read with texelFetch. */
export interface Program {
  /** Sampler names, in the order in which `run` takes the textures. */
  readonly inputs: readonly string[];
  /** Declarations, in the order in which `run` takes the values. */
  readonly uniforms: readonly `${UniformType} ${string}`[];
  /** Defines main(), which calls setOutput(vec4). */
  readonly code: string;
}
type UniformType = 'float' | 'vec3' | 'int' | 'ivec2' | 'ivec4';

/** A tensor whose texture is packed: [2 * height, 2 * width]. */
export type Texture = Tensor2D;

/** Software renderers by their names in RENDERER. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render/i;

/** Above this, a texture no longer needed is freed instead of kept for the next one of its shape. Bytes. */
const KEPT_BYTES = 256e6;

/** The context is gone: nothing that it computed counts, and it never comes back by itself. */
export class ContextLost extends Error {
  override readonly name = 'ContextLost';
  constructor() {
    super('the GPU context was lost');
  }
}

/** Name of the renderer. */
export interface Renderer {
  readonly renderer: string;
  /** Rendered by the CPU (SwiftShader, llvmpipe, …). */
  readonly software: boolean;
}

function rendererOf(gl: WebGLRenderingContext | WebGL2RenderingContext): Renderer {
  const debug = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(gl.getParameter(debug ? debug.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  return { renderer, software: SOFTWARE.test(renderer) };
}

/** Name of the renderer, from a context that is given back at once. Throws a sentence that says what is missing. */
export function findRenderer(): Renderer {
  if (typeof OffscreenCanvas === 'undefined') throw new Error('this browser has no OffscreenCanvas');
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) throw new Error('this browser offers no WebGL 2 context');
  const found = rendererOf(gl);
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return found;
}

/** WebGL through tfjs: its context, textures, programs and read-back. One instance a worker. */
export class Device {
  readonly renderer: string;
  readonly software: boolean;
  /** Longest side of a texture, texels. */
  readonly maxSide: number;
  private readonly webgl: MathBackendWebGL;
  private lost = false;

  private constructor(webgl: MathBackendWebGL) {
    this.webgl = webgl;
    const { gl } = webgl.gpgpu;
    const { renderer, software } = rendererOf(gl as WebGL2RenderingContext);
    this.renderer = renderer;
    this.software = software;
    this.maxSide = env().getNumber('WEBGL_MAX_TEXTURE_SIZE');
    gl.canvas.addEventListener('webglcontextlost', () => {
      this.lost = true;
    });
  }

  /** Starts tfjs; throws a sentence that says what is missing. */
  static async start(): Promise<Device> {
    if (typeof OffscreenCanvas === 'undefined') throw new Error('this browser has no OffscreenCanvas');
    // tfjs asks for a fast context first and would refuse a software one without this.
    env().set('SOFTWARE_WEBGL_ENABLED', true);
    // Sizes as uniforms: one compilation serves every batch size.
    env().set('WEBGL_USE_SHAPES_UNIFORMS', true);
    env().set('WEBGL_DELETE_TEXTURE_THRESHOLD', KEPT_BYTES);
    if (!env().getBool('HAS_WEBGL') || env().getNumber('WEBGL_VERSION') !== 2)
      throw new Error('this browser offers no WebGL 2 context');
    if (!env().getBool('WEBGL_RENDER_FLOAT32_CAPABLE') || !env().getBool('WEBGL_DOWNLOAD_FLOAT_ENABLED'))
      throw new Error('this GPU cannot render to 32-bit float textures');
    if (!(await setBackend('webgl'))) throw new Error('the WebGL context could not be set up');
    return new Device(backend() as MathBackendWebGL);
  }

  /** Throws ContextLost when the context is gone. */
  check(): void {
    if (this.lost || this.webgl.gpgpu.gl.isContextLost()) throw new ContextLost();
  }

  upload(texels: Texels): Texture {
    this.checkSize(texels.width, texels.height);
    return tensor2d(toMatrix(texels), [2 * texels.height, 2 * texels.width]);
  }

  /** Does some work and frees the textures that it made. An error on a dead context is that the context is dead. */
  within<T>(work: () => T): T {
    this.check();
    const out: { value?: T } = {};
    try {
      tidy(() => {
        out.value = work();
      });
    } catch (error) {
      this.check();
      throw error;
    }
    this.check();
    return out.value as T;
  }

  /** Draws width × height texels. To be called inside `within`. */
  run(
    program: Program,
    width: number,
    height: number,
    inputs: readonly Texture[],
    uniforms: readonly (readonly number[])[],
  ): Texture {
    this.checkSize(width, height);
    const output = this.webgl.runWebGLProgram(
      {
        variableNames: [...program.inputs],
        outputShape: [2 * height, 2 * width],
        userCode: program.code,
        enableShapeUniforms: true,
        packedInputs: true,
        packedOutput: true,
        customUniforms: program.uniforms.map(declared => {
          const [type, name] = declared.split(' ') as [UniformType, string];
          return { name, type };
        }),
      },
      [...inputs],
      'float32',
      uniforms.map(values => [...values]),
      true,
    );
    return engine().makeTensorFromTensorInfo(output, this.webgl) as Texture;
  }

  /** Waits for the draws and reads a texture back. Blocks, which in a worker costs less than polling a fence. */
  read(texture: Texture): Texels {
    this.check();
    const matrix = texture.dataSync<'float32'>();
    // A context that dies meanwhile reads back zeros without an error.
    this.check();
    return fromMatrix(matrix, texture.shape[1] / 2, texture.shape[0] / 2);
  }

  /** Takes the context away, as a driver reset would. */
  lose(): void {
    this.webgl.gpgpu.gl.getExtension('WEBGL_lose_context')?.loseContext();
  }

  memory(): { readonly tensors: number; readonly bytes: number } {
    const { numTensors, numBytes } = memory();
    return { tensors: numTensors, bytes: numBytes };
  }

  private checkSize(width: number, height: number): void {
    if (width > this.maxSide || height > this.maxSide)
      throw new Error(`a texture of ${width} × ${height} texels exceeds this GPU's ${this.maxSide}`);
  }
}
