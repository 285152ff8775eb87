import {
  type BufferGeometry,
  DoubleSide,
  GLSL3,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  Mesh,
  RawShaderMaterial,
} from 'three';

export type Uniforms = Record<string, { value: unknown }>;
/** Numbers per instance of each attribute. */
type Layout = Readonly<Record<string, 3 | 4>>;

/** Instances of one small mesh; its buffers grow by doubling and are otherwise written in place. */
export interface Batch {
  readonly mesh: Mesh<InstancedBufferGeometry, RawShaderMaterial>;
  /** Makes room for `count` instances and hands back the arrays to fill. */
  fill(count: number, write: (arrays: Readonly<Record<string, Float32Array>>) => void): void;
  dispose(): void;
}

export function batch(
  base: BufferGeometry,
  layout: Layout,
  shaders: readonly [string, string],
  uniforms: Uniforms,
  order: number,
  solid: boolean,
): Batch {
  const geometry = new InstancedBufferGeometry();
  geometry.index = base.index;
  geometry.setAttribute('position', base.getAttribute('position'));
  geometry.instanceCount = 0;
  const material = new RawShaderMaterial({
    glslVersion: GLSL3,
    vertexShader: shaders[0],
    fragmentShader: shaders[1],
    uniforms,
    side: DoubleSide,
    transparent: !solid,
    depthWrite: solid,
    alphaToCoverage: solid,
  });
  const mesh = new Mesh(geometry, material);
  mesh.frustumCulled = false;
  mesh.renderOrder = order;
  let capacity = 0;
  return {
    mesh,
    fill(count, write) {
      if (count > capacity) {
        // three keeps the GPU buffers of replaced attributes until the geometry is disposed of.
        geometry.dispose();
        capacity = Math.max(32, 2 ** Math.ceil(Math.log2(count)));
        for (const [name, size] of Object.entries(layout))
          geometry.setAttribute(name, new InstancedBufferAttribute(new Float32Array(capacity * size), size));
      }
      geometry.instanceCount = count;
      mesh.visible = count > 0;
      if (count === 0) return;
      const attributes = Object.keys(layout).map(name => [name, geometry.getAttribute(name)] as const);
      write(
        Object.fromEntries(attributes.map(([name, attribute]) => [name, attribute.array as Float32Array])),
      );
      for (const [, attribute] of attributes) attribute.needsUpdate = true;
    },
    dispose() {
      geometry.dispose();
      material.dispose();
      base.dispose();
    },
  };
}
