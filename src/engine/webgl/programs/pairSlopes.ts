import type { Program } from '../device.ts';
import { OVERLAP_PANELS } from '../overlapPanels.ts';
import { FOUR_LN2_GLSL } from './glsl.ts';
import { TARGET, TARGET_UNIFORMS } from './pairs.ts';

/**
 * Derivatives of the cosine loss for a peak of intensity one, one texel (peak, cell): in intensity k₁ G + k₂ A, in
 * position k₁ G′ + k₂ T and in width k₂ S, where A = Σ_l I_l O_kl less the bins beyond the window and T and S are its
 * derivatives in t_k at fixed width and in H_k. With Q = q (P + ε² R) and Q′ its derivative in q:
 *   ∂O/∂d = −8 d q² Q′ / σ,  ∂O/∂H_k = Q + 2 q (1 − q) Q′ + 2 ε (1 − ε) q R.
 */
export const PAIR_SLOPES: Program = {
  inputs: ['tPeaks', 'tOverlap', 'tTarget', 'tBeyond', 'tEdges', 'tOwn'],
  uniforms: [...TARGET_UNIFORMS, 'int peaks', 'int quads', 'float step_', 'float eta'],
  code: `${TARGET}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  vec4 own = texelFetch(tPeaks, at, 0);
  setOutput(vec4(0.0));
  if (own.z == 0.0) return;
  vec3 total = vec3(0.0);
  for (int first = 0; first < peaks; first += 16) {
    vec3 part = vec3(0.0);
    int end = min(first + 16, peaks);
    for (int l = first; l < end; l++) {
      vec4 other = texelFetch(tPeaks, ivec2(l, at.y), 0);
      float d = (own.x - other.x) * step_ + (own.y - other.y);
      float sigma = own.w + other.w;
      float s2 = sigma * sigma;
      float q = s2 / (s2 + 4.0 * d * d);
      float e = (own.w - other.w) / sigma;
      float scaled = q * ${OVERLAP_PANELS}.0;
      int panel = min(int(scaled), ${OVERLAP_PANELS - 1});
      float x = 2.0 * (scaled - float(panel)) - 1.0;
      vec4 c = texelFetch(tOverlap, ivec2(panel, 0), 0);
      float shape = c.x + x * (c.y + x * c.z) + e * e * c.w;
      float qSlope = shape + q * ${2 * OVERLAP_PANELS}.0 * (c.y + 2.0 * x * c.z);
      part += other.z * vec3(
        sigma * q * shape,
        -8.0 * d * q * q * qSlope / sigma,
        q * (shape + 2.0 * (1.0 - q) * qSlope + 2.0 * e * (1.0 - e) * c.w));
    }
    total += part;
  }
  float h2 = own.w * own.w;
  for (int quad = 0; quad < quads; quad++) {
    vec4 z = -texelFetch(tEdges, ivec2(quad, 2), 0) * texelFetch(tBeyond, ivec2(quad, at.y), 0);
    vec4 d = (texelFetch(tEdges, ivec2(quad, 0), 0) - own.x) * step_ + (texelFetch(tEdges, ivec2(quad, 1), 0) - own.y);
    vec4 ratio = d * d / h2;
    vec4 lorentz = 1.0 / (1.0 + 4.0 * ratio);
    vec4 gauss = eta * exp(-${FOUR_LN2_GLSL} * ratio);
    vec4 byRatio = -4.0 * (1.0 - eta) * lorentz * lorentz - ${FOUR_LN2_GLSL} * gauss;
    total += vec3(
      dot(z, (1.0 - eta) * lorentz + gauss),
      dot(z, -2.0 * byRatio * d / h2),
      dot(z, -2.0 * byRatio * ratio / own.w));
  }
  vec2 product = target(own);
  vec2 factors = texelFetch(tOwn, ivec2(0, at.y), 0).xy;
  setOutput(vec4(factors.x * vec3(product.x, product.y * perNode, 0.0) + factors.y * total, 0.0));
}`,
};
