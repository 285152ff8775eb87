import type { Program } from '../device.ts';
import { HERE, PLACE } from './glsl.ts';

/** Texels of a pattern that one output texel sums; the rest of the sum is done in float64 on the CPU. */
export const SEGMENT = 32;

/**
 * Sums over a pattern and the target, one texel (segment, cell). `body` sees the target's four bins as `x`, the
 * trial's as `y`, four numbers of the cell as `own` and the first bin as `bin`; it adds to `a`, `b`, `c`.
 */
export const reduction = (body: string, result: string): Program => ({
  inputs: ['tTarget', 'tPattern', 'tOwn'],
  uniforms: ['ivec2 qLayout', 'int quarters'],
  code: `${PLACE}
float sum4(vec4 v) { return (v.x + v.y) + (v.z + v.w); }
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  vec4 own = texelFetch(tOwn, ivec2(0, at.y), 0);
  vec4 a = vec4(0.0), b = vec4(0.0), c = vec4(0.0);
  int end = min((at.x + 1) * ${SEGMENT}, quarters);
  for (int quarter = at.x * ${SEGMENT}; quarter < end; quarter++) {
    vec4 x = texelFetch(tTarget, place(quarter, 0, qLayout), 0);
    vec4 y = texelFetch(tPattern, place(quarter, at.y, qLayout), 0);
    float bin = float(4 * quarter);
    ${body}
  }
  setOutput(${result});
}`,
});

/**
 * ∂loss/∂pattern, one texel (quarter, cell); zero beyond the last bin. `body` sees the same names as in `reduction`
 * and sets `r`; `bin` holds the four bin numbers.
 */
export const residual = (body: string): Program => ({
  inputs: ['tTarget', 'tPattern', 'tOwn'],
  uniforms: ['ivec2 qLayout', 'int bins'],
  code: `${PLACE}${HERE}
void main() {
  ivec2 at = here(qLayout);
  vec4 own = texelFetch(tOwn, ivec2(0, at.y), 0);
  vec4 x = texelFetch(tTarget, place(at.x, 0, qLayout), 0);
  vec4 y = texelFetch(tPattern, ivec2(gl_FragCoord.xy), 0);
  vec4 bin = float(4 * at.x) + vec4(0.0, 1.0, 2.0, 3.0);
  vec4 r = vec4(0.0);
  ${body}
  setOutput(mix(r, vec4(0.0), greaterThanEqual(bin, vec4(float(bins)))));
}`,
});
