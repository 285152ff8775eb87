import type { Program } from '../device.ts';
import { HERE, PLACE } from './glsl.ts';

/**
 * Peaks of a batch, one texel (reflection, cell): bin of the reference angle, offset from it in degrees, intensity,
 * FWHM in degrees; all zero outside the window. sin²θ is summed in integers (`fixedPoint.ts`); the offset δ from the
 * reference angle x solves sin(δ/2) sin(x + δ/2) = sin²θ − sin²(x/2), whose right side is a difference of integers.
 * Form factors come from a table of cubics in s = sinθ/λ.
 *
 * With `slopes` the texel is instead ∂intensity, ∂(2θ) and ∂FWHM by sin²θ.
 */
const peaks = (slopes: boolean): Program => ({
  inputs: ['tReflections', 'tFactors', 'tNodes', 'tCells'],
  uniforms: [
    'ivec2 kLayout',
    'ivec2 nodeLayout',
    /** Reflections, cells, elements, digits of lo. */
    'ivec4 counts',
    /** sin²θ of the window's ends: hi, lo, hi, lo. */
    'ivec4 window_',
    /** Nodes: number, before the first bin, bins between; pairs of ranks. */
    'ivec4 nodes',
    /** First bin and bin width in degrees, table nodes per unit of s · λ. */
    'vec3 scales',
    'vec3 caglioti',
  ],
  code: `${PLACE}${HERE}
const float DEGREES = 57.29577951308232;
int whole(float x) { return int(floor(x + 0.5)); }

void main() {
  ivec2 at = here(kLayout);
  setOutput(vec4(0.0));
  if (at.x >= counts.x || at.y >= counts.y) return;

  vec3 index = texelFetch(tReflections, place(at.x, 0, kLayout), 0).xyz;
  int h = whole(index.x), k = whole(index.y), l = whole(index.z);
  int products[6] = int[6](h * h, k * k, l * l, h * k, h * l, k * l);
  int hi = 0, lo = 0;
  for (int i = 0; i < 6; i++) {
    vec4 g = texelFetch(tCells, ivec2(i, at.y), 0);
    hi += products[i] * (whole(g.x) * 65536 + whole(g.y));
    lo += products[i] * whole(g.z);
  }
  int bits = counts.w;
  int carry = lo >> bits;
  hi += carry;
  lo -= carry << bits;
  bool above = hi > window_.x || (hi == window_.x && lo > window_.y);
  bool below = hi < window_.z || (hi == window_.z && lo <= window_.w);
  if (!(above && below)) return;

  float low = exp2(-float(bits));
  float u = (float(hi) + float(lo) * low) * exp2(-26.0);
  float sine = sqrt(u);
  float guess = 2.0 * DEGREES * atan(sine, sqrt(1.0 - u));
  int node = clamp(whole((guess - scales.x) / (scales.y * float(nodes.z))) + nodes.y, 0, nodes.x - 1);
  vec4 angle = texelFetch(tNodes, place(node, 0, nodeLayout), 0);
  int nodeHi = whole(angle.x) * 65536 + whole(angle.y);
  float du = (float(hi - nodeHi) + float(lo - whole(angle.z)) * low) * exp2(-26.0);
  float nodeU = (float(nodeHi) + angle.z * low) * exp2(-26.0);
  float sinX = 2.0 * sqrt(max(0.0, nodeU * (1.0 - nodeU)));
  float cosX = 1.0 - 2.0 * nodeU;
  float root = sinX + sqrt(max(0.0, sinX * sinX + 4.0 * cosX * du));
  float halfSine = root > 0.0 ? 2.0 * du / root : 0.0;
  float denominator = sinX * (1.0 - 0.5 * halfSine * halfSine) + cosX * halfSine;
  halfSine = denominator != 0.0 ? du / denominator : halfSine;
  float offset = 2.0 * DEGREES * halfSine * (1.0 + halfSine * halfSine / 6.0);

  float place_ = sine * scales.z;
  int cellOfTable = int(place_);
  float r = place_ - float(cellOfTable);
  float square = 0.0, cross_ = 0.0;
  vec4 sums = vec4(0.0);
  int texelsPerPair = (counts.z + 1) / 2;
  for (int pair = 0; pair < nodes.w; pair++) {
    float re = 0.0, im = 0.0, reSlope = 0.0, imSlope = 0.0;
    for (int e = 0; e < counts.z; e++) {
      if (e % 2 == 0)
        sums = texelFetch(tReflections, place(at.x, 1 + pair * texelsPerPair + e / 2, kLayout), 0);
      vec2 s = e % 2 == 0 ? sums.xy : sums.zw;
      vec4 p = texelFetch(tFactors, ivec2(cellOfTable, e), 0);
      float f = p.x + r * (p.y + r * (p.z + r * p.w));
      float slope = p.y + r * (2.0 * p.z + 3.0 * r * p.w);
      re += f * s.x;
      im += f * s.y;
      reSlope += slope * s.x;
      imSlope += slope * s.y;
    }
    square += re * re + im * im;
    cross_ += re * reSlope + im * imSlope;
  }
  float cosine = sqrt(1.0 - u);
  float cos2 = 1.0 - 2.0 * u;
  float polarised = 1.0 + cos2 * cos2;
  float lp = polarised / (u * cosine);
  float tangent = sine / cosine;
  float width = sqrt((caglioti.x * tangent + caglioti.y) * tangent + caglioti.z);
  ${
    slopes
      ? `
  float bySine = scales.z / (2.0 * sine);
  float lpSlope = (-4.0 * cos2 - polarised / u + 0.5 * polarised / (1.0 - u)) / (u * cosine);
  float tangentSlope = 0.5 / (sine * cosine * (1.0 - u));
  setOutput(vec4(
    2.0 * (2.0 * cross_ * bySine * lp + square * lpSlope),
    DEGREES / (sine * cosine),
    (2.0 * caglioti.x * tangent + caglioti.y) * tangentSlope / (2.0 * width),
    0.0));`
      : `
  setOutput(vec4(float((node - nodes.y) * nodes.z), offset, 2.0 * square * lp, width));`
  }
}`,
});

export const PEAKS = peaks(false);
export const PEAK_SLOPES = peaks(true);
