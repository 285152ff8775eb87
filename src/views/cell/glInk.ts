import { Color, DoubleSide, LinearSRGBColorSpace, MeshMatcapMaterial, type Object3D, Vector3 } from 'three';

/** The colour as written, without three's conversion to linear light. */
export const raw = (css: string, target = new Color()): Color => target.setStyle(css, LinearSRGBColorSpace);

/** Key light from the upper left, darker rim; `gloss` is the share of the highlight. */
const shade = (gloss: number): string => `
  const vec3 key = normalize(vec3(-0.5, 0.62, 0.66));
  float wrapped = 0.5 + 0.5 * dot(normal, key);
  vec3 lit = diffuseColor.rgb * mix(0.34, 1.14, pow(wrapped, 1.3));
  float facing = max(dot(normal, normalize(key + vec3(0.0, 0.0, 1.0))), 0.0);
  lit = mix(lit, vec3(1.0), ${gloss.toFixed(2)} * (0.8 * pow(facing, 48.0) + 0.14 * pow(facing, 8.0)));
  vec3 outgoingLight = min(lit * (1.0 - 0.3 * pow(1.0 - max(normal.z, 0.0), 2.5)), 1.0);
`;

/**
 * A lit colour, seen through where `opacity` is below 1. Colours stay in sRGB throughout: light is a matter of taste
 * here, and the element colours must arrive as they are defined. Distance mixes in the background, by three's fog.
 */
export function shadedInk(color: Color, gloss: number, opacity = 1): MeshMatcapMaterial {
  const see = opacity < 1;
  const ink = new MeshMatcapMaterial({ opacity, transparent: see, depthWrite: !see, side: DoubleSide });
  ink.color = color;
  ink.onBeforeCompile = shader => {
    const plain = 'vec3 outgoingLight = diffuseColor.rgb * matcapColor.rgb;';
    shader.fragmentShader = shader.fragmentShader.replace(plain, shade(gloss));
  };
  ink.customProgramCacheKey = () => `shade ${gloss}`;
  return ink;
}

/** Drawn after everything of a lower order, wherever it is. */
export function ordered<T extends Object3D>(object: T, order: number): T {
  object.frustumCulled = false;
  object.renderOrder = order;
  return object;
}

/** Right, up and towards the viewer. */
export const axesOf = (rotation: readonly number[]): [Vector3, Vector3, Vector3] =>
  [0, 3, 6].map(i => new Vector3(...rotation.slice(i, i + 3))) as [Vector3, Vector3, Vector3];
