import type { Program } from '../device.ts';
import { FAR, OVERLAP_PANELS } from '../overlapPanels.ts';
import { FOUR_LN2_GLSL, PLACE } from './glsl.ts';

/** Product with the target of a unit peak at `peak`: value, and derivative in the panel's coordinate. */
export const TARGET = `${PLACE}
vec2 target(vec4 peak) {
  int node = int(floor(peak.x / float(nodes.z) + 0.5)) + nodes.y;
  float x = peak.y * perNode;
  vec4 a = texelFetch(tTarget, place(node, 0, nodeLayout), 0);
  vec4 b = texelFetch(tTarget, place(node, 1, nodeLayout), 0);
  vec4 c = texelFetch(tTarget, place(node, 2, nodeLayout), 0);
  float series[12] = float[12](a.x, a.y, a.z, a.w, b.x, b.y, b.z, b.w, c.x, c.y, c.z, c.w);
  float value = 0.0, slope = 0.0;
  for (int i = 11; i >= 0; i--) {
    slope = slope * x + value;
    value = value * x + series[i];
  }
  return vec2(value, slope);
}`;

/** Place of the target's panels: layout of their row, (number, before the first bin, bins between), 1/spacing. */
export const TARGET_UNIFORMS: Program['uniforms'] = ['ivec2 nodeLayout', 'ivec4 nodes', 'float perNode'];

/**
 * Squared norm on an unbounded grid and product with the target, one texel (four peaks, cell): Σ_k I_k (O_kk I_k +
 * 2 Σ_l>k O_kl I_l) and Σ_k I_k G(t_k). Sixteen peaks l are summed at a time. Overlaps are those of overlapPanels.ts.
 */
export const PAIRS: Program = {
  inputs: ['tPeaks', 'tOverlap', 'tTarget'],
  uniforms: [...TARGET_UNIFORMS, 'int peaks', 'float step_'],
  code: `${TARGET}
vec4 bins, offsets, heights, widths, cubic;
vec2 line;
float at_(float q, float unlike) {
  float scaled = q * ${OVERLAP_PANELS}.0;
  int panel = min(int(scaled), ${OVERLAP_PANELS - 1});
  float x = 2.0 * (scaled - float(panel)) - 1.0;
  vec4 c = texelFetch(tOverlap, ivec2(panel, 0), 0);
  return c.x + x * (c.y + x * c.z) + unlike * c.w;
}
vec4 overlaps(vec4 other) {
  vec4 d = (bins - other.x) * step_ + (offsets - other.y);
  vec4 sigma = widths + other.w;
  vec4 unlike = widths - other.w;
  vec4 s2 = sigma * sigma;
  vec4 far = s2 + 4.0 * d * d;
  // Peaks outside the window have no width.
  vec4 r = 1.0 / max(s2 * far, 1e-30);
  vec4 q = s2 * s2 * r;
  vec4 e = unlike * unlike * far * r;
  vec4 x = (2.0 / ${FAR}) * q - 1.0;
  vec4 shape = cubic.x + x * (cubic.y + x * (cubic.z + x * cubic.w)) + e * (line.x + x * line.y);
  // A loop, since software renderers go through both sides of an if.
  for (int near = any(greaterThan(q, vec4(${FAR}))) ? 1 : 0; near > 0; near--)
    shape = vec4(at_(q.x, e.x), at_(q.y, e.y), at_(q.z, e.z), at_(q.w, e.w));
  return (other.z * sigma * q) * shape;
}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int own = 4 * at.x;
  cubic = texelFetch(tOverlap, ivec2(0, 1), 0);
  line = texelFetch(tOverlap, ivec2(1, 1), 0).xy;
  vec4 p[4];
  for (int i = 0; i < 4; i++) p[i] = texelFetch(tPeaks, ivec2(own + i, at.y), 0);
  bins = vec4(p[0].x, p[1].x, p[2].x, p[3].x);
  offsets = vec4(p[0].y, p[1].y, p[2].y, p[3].y);
  heights = vec4(p[0].z, p[1].z, p[2].z, p[3].z);
  widths = vec4(p[0].w, p[1].w, p[2].w, p[3].w);
  vec4 total = vec4(0.0);
  for (int first = own + 4; first < peaks; first += 16) {
    vec4 part = vec4(0.0);
    int end = min(first + 16, peaks);
    for (int l = first; l < end; l++) part += overlaps(texelFetch(tPeaks, ivec2(l, at.y), 0));
    total += part;
  }
  total *= 2.0;
  vec4 index = vec4(0.0, 1.0, 2.0, 3.0);
  for (int i = 0; i < 4; i++)
    total += (2.0 * vec4(lessThan(index, vec4(i))) + vec4(equal(index, vec4(i)))) * overlaps(p[i]);
  vec4 products = vec4(target(p[0]).x, target(p[1]).x, target(p[2]).x, target(p[3]).x);
  setOutput(vec4(dot(heights, total), dot(heights, products), 0.0, 0.0));
}`,
};

/** Pattern beyond the window, one texel (four nodes, cell): X at the nodes of `edgeTexels`. */
export const BEYOND: Program = {
  inputs: ['tPeaks', 'tEdges'],
  uniforms: ['int peaks', 'float step_', 'float eta'],
  code: `
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  vec4 bin = texelFetch(tEdges, ivec2(at.x, 0), 0);
  vec4 rest = texelFetch(tEdges, ivec2(at.x, 1), 0);
  vec4 total = vec4(0.0);
  for (int k = 0; k < peaks; k++) {
    vec4 peak = texelFetch(tPeaks, ivec2(k, at.y), 0);
    vec4 d = (bin - peak.x) * step_ + (rest - peak.y);
    float h2 = max(peak.w * peak.w, 1e-30);
    vec4 ratio = d * d / h2;
    total += peak.z * ((1.0 - eta) / (1.0 + 4.0 * ratio) + eta * exp(-${FOUR_LN2_GLSL} * ratio));
  }
  setOutput(total);
}`,
};

/** Texels of `PAIRS` that one output texel sums; the rest is done in float64 on the CPU. */
export const PAIR_SEGMENT = 8;

/** Sums, one texel (segment, cell): (norm, product, 0, 0); in the last segment the norm beyond the window. */
export const PAIR_SUMS: Program = {
  inputs: ['tPairs', 'tBeyond', 'tEdges'],
  uniforms: ['int blocks', 'int quads'],
  code: `
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int first = at.x * ${PAIR_SEGMENT};
  int end = min(first + ${PAIR_SEGMENT}, blocks);
  vec4 sum = vec4(0.0);
  for (int block = first; block < end; block++) sum += texelFetch(tPairs, ivec2(block, at.y), 0);
  if (first >= blocks) {
    for (int quad = 0; quad < quads; quad++) {
      vec4 beyond = texelFetch(tBeyond, ivec2(quad, at.y), 0);
      sum.x += dot(texelFetch(tEdges, ivec2(quad, 2), 0), beyond * beyond);
    }
  }
  setOutput(sum);
}`,
};
