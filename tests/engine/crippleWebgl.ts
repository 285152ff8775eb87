/** Takes something away from the OffscreenCanvas of this worker, by the worker's name; imported before the engine. */
const lacking = (globalThis as unknown as { name: string }).name;
const canvas = OffscreenCanvas.prototype;
const getContext = canvas.getContext as (this: OffscreenCanvas, ...args: unknown[]) => unknown;

if (lacking === 'OffscreenCanvas') Reflect.deleteProperty(globalThis, 'OffscreenCanvas');
else
  Object.defineProperty(canvas, 'getContext', {
    value(this: OffscreenCanvas, kind: string, ...rest: unknown[]): unknown {
      if (lacking === 'WebGL' && kind.startsWith('webgl')) return null;
      if (lacking === 'WebGL 2' && kind === 'webgl2') return null;
      return getContext.call(this, kind, ...rest);
    },
  });

if (lacking === 'float targets') {
  const { getExtension } = WebGL2RenderingContext.prototype;
  Object.defineProperty(WebGL2RenderingContext.prototype, 'getExtension', {
    value(this: WebGL2RenderingContext, name: string): unknown {
      return name === 'EXT_color_buffer_float' ? null : getExtension.call(this, name as never);
    },
  });
}
if (lacking === 'accuracy') {
  // A GPU whose shaders have lost half of their digits.
  const { shaderSource } = WebGL2RenderingContext.prototype;
  Object.defineProperty(WebGL2RenderingContext.prototype, 'shaderSource', {
    value(this: WebGL2RenderingContext, shader: WebGLShader, source: string): void {
      shaderSource.call(this, shader, source.replace('vec4 d2 = d * d;', 'vec4 d2 = d * d * 1.001;'));
    },
  });
}
