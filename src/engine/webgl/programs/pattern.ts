import type { Program } from '../device.ts';
import { FOUR_LN2_GLSL, GAUSS_REACH, HERE } from './glsl.ts';

/**
 * Patterns of a batch, one texel (quarter, cell): four neighbouring bins, the sum of all pseudo-Voigt profiles there;
 * zero beyond the last bin. Sixteen peaks are summed at a time, so that float32 does not lose weak peaks in the total.
 */
export const PATTERN: Program = {
  inputs: ['tPeaks'],
  uniforms: ['ivec2 kLayout', 'ivec2 qLayout', 'int bins', 'float step_', 'float eta'],
  code: `${HERE}
void main() {
  ivec2 at = here(qLayout);
  vec4 bin = float(4 * at.x) + vec4(0.0, 1.0, 2.0, 3.0);
  vec4 total = vec4(0.0);
  for (int row = at.y * kLayout.y; row < (at.y + 1) * kLayout.y; row++) {
    for (int first = 0; first < kLayout.x; first += 16) {
      vec4 part = vec4(0.0);
      int end = min(first + 16, kLayout.x);
      for (int k = first; k < end; k++) {
        vec4 peak = texelFetch(tPeaks, ivec2(k, row), 0);
        if (peak.z == 0.0) continue;
        vec4 d = (bin - peak.x) * step_ - peak.y;
        vec4 d2 = d * d;
        float h2 = peak.w * peak.w;
        part += ((1.0 - eta) * peak.z * 0.25 * h2) / (0.25 * h2 + d2);
        if (any(lessThan(d2, vec4(${GAUSS_REACH} * ${GAUSS_REACH} * h2))))
          part += (eta * peak.z) * exp(d2 * (-${FOUR_LN2_GLSL} / h2));
      }
      total += part;
    }
  }
  setOutput(mix(total, vec4(0.0), greaterThanEqual(bin, vec4(float(bins)))));
}`,
};
