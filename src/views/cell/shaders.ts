/**
 * Shaders of the cell (GLSL ES 3.00). Positions are fractional attributes and the lattice is a uniform, so that a
 * change of the cell uploads nine numbers and no buffer. Colours stay in sRGB throughout: light is a matter of taste
 * here, and the element colours must arrive as they are defined.
 */

/** The projection of projection.ts. */
export const COMMON = `
precision highp float;
uniform mat3 lattice;
uniform mat3 rotation;
uniform vec3 centre;
/** Clip units an angstrom along x and y, one over the viewer's distance, reach. */
uniform vec4 lens;
uniform vec2 pan;
uniform vec2 viewport;
vec3 toView(vec3 fract) { return rotation * (lattice * fract - centre); }
vec4 toClip(vec3 v) {
  float w = 1.0 - lens.z * v.z;
  return vec4(lens.xy * v.xy + pan * w, -v.z / lens.w + lens.w * lens.z, w);
}
`;

/**
 * Key light from the upper left, darker rim, background colour mixed in with distance. Colours come packed into one
 * float as r·65536 + g·256 + b, which 24 bits of mantissa hold exactly.
 */
export const SHADING = `
precision highp float;
uniform vec3 panel;
uniform float fogReach;
out vec4 colour;
vec3 unpack(float packed) {
  return vec3(floor(packed / 65536.0), floor(mod(packed, 65536.0) / 256.0), mod(packed, 256.0)) / 255.0;
}
vec3 shade(vec3 base, vec3 n, float contact, float gloss) {
  const vec3 key = normalize(vec3(-0.5, 0.62, 0.66));
  float wrapped = 0.5 + 0.5 * dot(n, key);
  vec3 lit = base * mix(0.34, 1.14, pow(wrapped, 1.3));
  float facing = max(dot(n, normalize(key + vec3(0.0, 0.0, 1.0))), 0.0);
  lit = mix(lit, vec3(1.0), gloss * (0.8 * pow(facing, 48.0) + 0.14 * pow(facing, 8.0)));
  lit *= 1.0 - 0.3 * pow(1.0 - max(n.z, 0.0), 2.5);
  return min(lit * contact, 1.0);
}
vec3 inFog(vec3 lit, float depth) {
  return mix(lit, panel, 0.22 * smoothstep(0.0, 1.0, 0.5 - 0.5 * depth / fogReach));
}
`;

/** Spheres are discs that face the viewer and are given the normals and depths of a sphere: two triangles an atom. */
export const ATOM_VERTEX = `${COMMON}
in vec3 position;
in vec4 place;
in vec4 inks;
in vec4 moreInks;
in vec4 shares;
in vec4 moreShares;
uniform float scale;
out vec2 vDisc;
flat out vec4 vSphere;
flat out vec4 vInks;
flat out vec4 vMoreInks;
flat out vec4 vShares;
flat out vec4 vMoreShares;
void main() {
  vec3 v = toView(place.xyz);
  vec4 clip = toClip(v);
  float pixels = place.w * scale / clip.w;
  // A pixel more than the disc, for its blended border.
  vDisc = position.xy * (1.0 + 1.0 / pixels);
  vSphere = vec4(v.z, place.w, pixels, 0.0);
  vInks = inks;
  vMoreInks = moreInks;
  vShares = shares;
  vMoreShares = moreShares;
  clip.xy += vDisc * pixels * 2.0 / viewport * clip.w;
  gl_Position = clip;
}`;

/** Mixed and partial occupancy as a pie that faces the viewer, clockwise from the top; empty is the panel's colour. */
export const ATOM_FRAGMENT = `${SHADING}
uniform vec4 lens;
uniform float ratio;
in vec2 vDisc;
/** Depth of the centre and radius in angstrom, radius in pixels. */
flat in vec4 vSphere;
flat in vec4 vInks;
flat in vec4 vMoreInks;
flat in vec4 vShares;
flat in vec4 vMoreShares;
void main() {
  float from = length(vDisc);
  float cover = clamp((1.0 - from) * vSphere.z * ratio + 0.5, 0.0, 1.0);
  if (cover <= 0.0) discard;
  vec3 n = from < 1.0 ? vec3(vDisc, sqrt(1.0 - from * from)) : vec3(vDisc / from, 0.0);
  float depth = vSphere.x + vSphere.y * n.z;
  gl_FragDepth = 0.5 + 0.5 * (lens.w * lens.z - depth / lens.w) / (1.0 - lens.z * depth);
  vec3 base = unpack(vInks.x);
  if (vShares.x < 0.9995) {
    float at = fract(atan(n.x, n.y) / 6.283185307 + 1.0);
    base = panel;
    for (int i = 3; i >= 0; i--) if (at < vMoreShares[i]) base = unpack(vMoreInks[i]);
    for (int i = 3; i >= 0; i--) if (at < vShares[i]) base = unpack(vInks[i]);
  }
  // Alpha becomes coverage of the samples of a pixel; the canvas itself is opaque.
  colour = vec4(inFog(shade(base, n, 1.0, 1.0), depth), cover);
}`;

export const BOND_VERTEX = `${COMMON}
in vec3 position;
in vec3 first;
in vec3 second;
in vec4 ends;
uniform float radius;
out vec3 vNormal;
out float vDepth;
out float vAlong;
flat out vec4 vEnds;
flat out float vLength;
void main() {
  vec3 p = toView(first);
  vec3 q = toView(second);
  vec3 axis = normalize(q - p);
  vec3 u = normalize(cross(axis, abs(axis.z) < 0.9 ? vec3(0.0, 0.0, 1.0) : vec3(1.0, 0.0, 0.0)));
  vNormal = u * position.x + cross(axis, u) * position.z;
  vAlong = position.y;
  vLength = length(q - p);
  vEnds = ends;
  vec3 v = mix(p, q, position.y) + radius * vNormal;
  vDepth = v.z;
  gl_Position = toClip(v);
}`;

/** Two colours that meet in the middle of what is visible, darker where the bond enters a sphere. */
export const BOND_FRAGMENT = `${SHADING}
in vec3 vNormal;
in float vDepth;
in float vAlong;
flat in vec4 vEnds;
flat in float vLength;
void main() {
  float middle = 0.5 + 0.5 * (vEnds.x - vEnds.y) / vLength;
  vec3 base = unpack(vAlong < middle ? vEnds.z : vEnds.w);
  float clear = min(vAlong * vLength - vEnds.x, (1.0 - vAlong) * vLength - vEnds.y);
  vec3 lit = shade(base, normalize(vNormal), mix(0.58, 1.0, smoothstep(-0.05, 0.32, clear)), 0.45);
  colour = vec4(inFog(lit, vDepth), 1.0);
}`;

/**
 * A segment as a strip of constant width in pixels. `lift` brings it towards the viewer, angstrom: an edge with a bond
 * along it shows on the bond instead of vanishing inside.
 */
export const LINE_VERTEX = `${COMMON}
in vec3 position;
in vec3 first;
in vec3 second;
uniform float width;
uniform float lift;
out vec3 vPlace;
out float vDepth;
void main() {
  vec3 v = toView(position.x < 0.5 ? first : second);
  vec4 p = toClip(toView(first));
  vec4 q = toClip(toView(second));
  vec2 run = (q.xy / q.w - p.xy / p.w) * 0.5 * viewport;
  float pixels = max(length(run), 1e-4);
  vec2 normal = vec2(-run.y, run.x) / pixels;
  vec4 clip = toClip(v);
  float side = position.y * (0.5 * width + 1.0);
  clip.xy += normal * side * 2.0 / viewport * clip.w;
  // Times w and divided by the interpolated w: linear in pixels in perspective too.
  vPlace = vec3(position.x * pixels, side, 1.0) * clip.w;
  vDepth = v.z;
  clip.z -= lift / lens.w * clip.w;
  gl_Position = clip;
}`;

export const LINE_FRAGMENT = `
precision highp float;
uniform vec3 ink;
uniform vec3 panel;
uniform float fogReach;
uniform float width;
/** Device pixels a CSS pixel: one of them is blended at every border. */
uniform float ratio;
/** Pixels of a dash and of a period; no dashes where the period is 0. */
uniform vec2 dash;
in vec3 vPlace;
in float vDepth;
out vec4 colour;
void main() {
  vec2 place = vPlace.xy / vPlace.z;
  float cover = clamp((0.5 * width - abs(place.y)) * ratio + 0.5, 0.0, 1.0);
  if (dash.y > 0.0) {
    float at = mod(place.x, dash.y);
    cover *= clamp(min(at, dash.x - at) * ratio + 0.5, 0.0, 1.0);
  }
  float fog = 0.3 * smoothstep(0.0, 1.0, 0.5 - 0.5 * vDepth / fogReach);
  colour = vec4(mix(ink, panel, fog), cover);
}`;

/**
 * A circle around an atom that faces the viewer, `gap` pixels outside its sphere, at the depth of the sphere's front:
 * the outline of the true atom shows on the current one that it overlaps.
 */
export const RING_VERTEX = `${COMMON}
in vec3 position;
in vec4 place;
uniform float scale;
uniform float gap;
uniform float width;
out vec2 vPixel;
flat out float vRadius;
void main() {
  vec4 clip = toClip(toView(place.xyz));
  vRadius = place.w * scale / clip.w + gap;
  vPixel = position.xy * (vRadius + width + 1.0);
  clip.xy += vPixel * 2.0 / viewport * clip.w;
  clip.z -= 1.1 * place.w / lens.w * clip.w;
  gl_Position = clip;
}`;

export const RING_FRAGMENT = `
precision highp float;
uniform vec3 ink;
uniform float width;
uniform float ratio;
uniform vec2 dash;
in vec2 vPixel;
flat in float vRadius;
out vec4 colour;
void main() {
  float cover = clamp((0.5 * width - abs(length(vPixel) - vRadius)) * ratio + 0.5, 0.0, 1.0);
  if (dash.y > 0.0) {
    float around = 6.283185307 * vRadius;
    float period = around / max(6.0, floor(around / dash.y + 0.5));
    float at = mod((atan(vPixel.y, vPixel.x) + 3.141592654) * vRadius, period);
    cover *= clamp(min(at, dash.x / dash.y * period - at) * ratio + 0.5, 0.0, 1.0);
  }
  if (cover < 0.004) discard;
  colour = vec4(ink, cover);
}`;
