import type { Program } from '../device.ts';
import { FOUR_LN2_GLSL, GAUSS_REACH, HERE, PLACE } from './glsl.ts';

/**
 * The chain rule backwards from r = ∂loss/∂pattern to the peaks, one texel (peak, cell): Σ r pV and, for a peak of
 * intensity one, the derivatives in position and width, Σ r ∂pV/∂t and Σ r ∂pV/∂H. Sixteen quarters are summed at a
 * time.
 */
export const ADJOINT: Program = {
  inputs: ['tPeaks', 'tResidual'],
  uniforms: ['ivec2 kLayout', 'ivec2 qLayout', 'float step_', 'float eta'],
  code: `${HERE}
void main() {
  ivec2 at = here(kLayout);
  vec4 peak = texelFetch(tPeaks, ivec2(gl_FragCoord.xy), 0);
  setOutput(vec4(0.0));
  if (peak.z == 0.0) return;
  float h2 = peak.w * peak.w;
  float g2 = 0.25 * h2;
  float a = ${FOUR_LN2_GLSL} / h2;
  // Lorentzian: sums of r w, r w² d and r w² with w = 1/(g² + d²). Gaussian: sums of r G, r G d and r G d².
  vec3 lorentz = vec3(0.0), gauss = vec3(0.0);
  for (int fold = 0; fold < qLayout.y; fold++) {
    for (int first = 0; first < qLayout.x; first += 16) {
      vec4 l0 = vec4(0.0), l1 = vec4(0.0), l2 = vec4(0.0);
      vec4 g0 = vec4(0.0), g1 = vec4(0.0), g2s = vec4(0.0);
      int end = min(first + 16, qLayout.x);
      for (int q = first; q < end; q++) {
        vec4 r = texelFetch(tResidual, ivec2(q, at.y * qLayout.y + fold), 0);
        vec4 bin = float(4 * (fold * qLayout.x + q)) + vec4(0.0, 1.0, 2.0, 3.0);
        vec4 d = (bin - peak.x) * step_ - peak.y;
        vec4 d2 = d * d;
        vec4 w = 1.0 / (g2 + d2);
        vec4 rw = r * w;
        vec4 rww = rw * w;
        l0 += rw;
        l1 += rww * d;
        l2 += rww;
        if (any(lessThan(d2, vec4(${GAUSS_REACH} * ${GAUSS_REACH} * h2)))) {
          vec4 rg = r * exp(-a * d2);
          g0 += rg;
          g1 += rg * d;
          g2s += rg * d2;
        }
      }
      lorentz += vec3(dot(l0, vec4(1.0)), dot(l1, vec4(1.0)), dot(l2, vec4(1.0)));
      gauss += vec3(dot(g0, vec4(1.0)), dot(g1, vec4(1.0)), dot(g2s, vec4(1.0)));
    }
  }
  float share = 1.0 - eta;
  float byHeight = share * g2 * lorentz.x + eta * gauss.x;
  float byPosition = 2.0 * (share * g2 * lorentz.y + eta * a * gauss.y);
  float byWidth = share * 0.5 * peak.w * (lorentz.x - g2 * lorentz.z) + 2.0 * eta * a * gauss.z / peak.w;
  setOutput(vec4(byHeight, byPosition, byWidth, 0.0));
}`,
};

/**
 * From peaks to sin²θ of every reflection, one texel (reflection, cell), each with the derivatives of the group of
 * coinciding reflections that it belongs to: I′ ∂/∂I + I (t′ ∂/∂t + H′ ∂/∂H), the primes by sin²θ.
 */
export const BY_SINE: Program = {
  inputs: ['tPeaks', 'tSlopes', 'tGroups', 'tByPeak'],
  uniforms: ['ivec2 kLayout', 'ivec2 groupLayout', 'int reflections'],
  code: `${PLACE}${HERE}
void main() {
  ivec2 at = here(kLayout);
  vec4 peak = texelFetch(tPeaks, ivec2(gl_FragCoord.xy), 0);
  setOutput(vec4(0.0));
  if (at.x >= reflections || peak.z == 0.0) return;
  vec4 slopes = texelFetch(tSlopes, ivec2(gl_FragCoord.xy), 0);
  int group = int(texelFetch(tGroups, place(at.x, 0, kLayout), 0).x + 0.5);
  vec4 byPeak = texelFetch(tByPeak, place(group, at.y, groupLayout), 0);
  setOutput(vec4(slopes.x * byPeak.x + peak.z * (slopes.y * byPeak.y + slopes.z * byPeak.z), 0.0, 0.0, 0.0));
}`,
};

/** Reflections that one texel of `METRIC` sums; the rest is done in float64 on the CPU. */
export const REFLECTIONS_PER_TEXEL = 32;

/** Γ = Σ_k (∂loss/∂sin²θ_k) h hᵀ, two texels (2 · segment + half, cell): (hh, kk, ll, hk), (hl, kl, 0, 0). */
export const METRIC: Program = {
  inputs: ['tReflections', 'tBySine'],
  uniforms: ['ivec2 kLayout', 'int reflections'],
  code: `${PLACE}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int first = (at.x / 2) * ${REFLECTIONS_PER_TEXEL};
  int end = min(first + ${REFLECTIONS_PER_TEXEL}, reflections);
  vec4 sum = vec4(0.0);
  for (int k = first; k < end; k++) {
    float weight = texelFetch(tBySine, place(k, at.y, kLayout), 0).x;
    vec3 h = texelFetch(tReflections, place(k, 0, kLayout), 0).xyz;
    sum += weight * (at.x % 2 == 0 ? vec4(h * h, h.x * h.y) : vec4(h.x * h.z, h.y * h.z, 0.0, 0.0));
  }
  setOutput(sum);
}`,
};
