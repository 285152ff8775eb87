import {
  BufferAttribute,
  BufferGeometry,
  DoubleSide,
  GLSL3,
  type IUniform,
  Mesh,
  RawShaderMaterial,
} from 'three';
import type { CellSurface } from './frame.ts';
import type { Uniforms } from './glBatch.ts';
import { COMMON, SHADING } from './shaders.ts';

const VERTEX = `${COMMON}
in vec3 position;
in vec3 normal;
out vec3 vNormal;
out float vDepth;
void main() {
  vec3 v = rotation * (position - centre);
  vNormal = rotation * normal;
  vDepth = v.z;
  gl_Position = toClip(v);
}`;

const FRAGMENT = `${SHADING}
uniform vec3 ink;
uniform float opacity;
in vec3 vNormal;
in float vDepth;
void main() {
  vec3 n = normalize(vNormal);
  colour = vec4(inFog(shade(ink, n.z < 0.0 ? -n : n, 1.0, 0.5), vDepth), opacity);
}`;

/** A surface that is seen through: what is nearest to the viewer of it, over what lies behind. */
export interface SurfaceMesh {
  readonly meshes: readonly Mesh[];
  fill(surface: CellSurface | null): void;
  dispose(): void;
}

/**
 * @param order drawn after everything of a lower one
 * @param opacity of the surface; its far side does not show through its near one
 */
export function surfaceMesh(uniforms: Uniforms, ink: IUniform, order: number, opacity: number): SurfaceMesh {
  const geometry = new BufferGeometry();
  const material = (depthOnly: boolean): RawShaderMaterial =>
    new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      uniforms: { ...uniforms, ink, opacity: { value: opacity } },
      side: DoubleSide,
      transparent: true,
      depthWrite: depthOnly,
      colorWrite: !depthOnly,
    });
  // The depth of the nearest layer first, then its colour alone.
  const meshes = [true, false].map((depthOnly, i) => {
    const mesh = new Mesh(geometry, material(depthOnly));
    mesh.frustumCulled = false;
    mesh.renderOrder = order + 0.1 * i;
    mesh.visible = false;
    return mesh;
  });
  return {
    meshes,
    fill(surface) {
      for (const mesh of meshes) mesh.visible = surface !== null && surface.indices.length > 0;
      if (!surface) return;
      // three keeps the GPU buffers of replaced attributes until the geometry is disposed of.
      geometry.dispose();
      geometry.setAttribute('position', new BufferAttribute(surface.positions, 3));
      geometry.setAttribute('normal', new BufferAttribute(surface.normals, 3));
      geometry.setIndex(new BufferAttribute(surface.indices, 1));
    },
    dispose() {
      geometry.dispose();
      for (const mesh of meshes) mesh.material.dispose();
    },
  };
}
