import type { Program } from '../device.ts';
import { HERE, PLACE } from './glsl.ts';

/**
 * ∂loss/∂pattern, one texel (quarter, cell); zero beyond the last bin. `body` sees the same names as in `reduction`
 * and sets `r`; `bin` holds the four bin numbers.
 */
export const residual = (body: string): Program => ({
  inputs: ['tTarget', 'tPattern', 'tOwn'],
  uniforms: [
    { name: 'qLayout', type: 'ivec2' },
    { name: 'bins', type: 'int' },
  ],
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
