/** Peaks (../peakFinder.ts), two reflections at a time. */

/**
 * u = sin²θ of all reflections of a list; the indices and u of those inside the window, in list order.
 * @param products h², k², l², hk, hl, kl of two reflections side by side, [count / 2 * 12]
 * @param recip G* as 11, 22, 33, 12, 13, 23
 * @param index [count + 2] i32
 * @param u [count + 2]; one entry beyond the last is a copy of it
 * @returns how many there are
 */
export function insideWindow(
  products: usize,
  count: i32,
  recip: usize,
  quarter: f64,
  uMin: f64,
  uMax: f64,
  index: usize,
  u: usize,
): i32 {
  const r11 = v128.load_splat<f64>(recip);
  const r22 = v128.load_splat<f64>(recip, 8);
  const r33 = v128.load_splat<f64>(recip, 16);
  const r12 = v128.load_splat<f64>(recip, 24);
  const r13 = v128.load_splat<f64>(recip, 32);
  const r23 = v128.load_splat<f64>(recip, 40);
  const scale = f64x2.splat(quarter);
  const two = f64x2.splat(2);
  let n = 0;
  for (let k = 0; k < count; k += 2, products += 96) {
    const mixed = f64x2.add(
      f64x2.add(f64x2.mul(v128.load(products, 48), r12), f64x2.mul(v128.load(products, 64), r13)),
      f64x2.mul(v128.load(products, 80), r23),
    );
    const square = f64x2.add(
      f64x2.add(f64x2.mul(v128.load(products), r11), f64x2.mul(v128.load(products, 16), r22)),
      f64x2.mul(v128.load(products, 32), r33),
    );
    const both = f64x2.mul(scale, f64x2.add(square, f64x2.mul(two, mixed)));
    const first = f64x2.extract_lane(both, 0);
    const second = f64x2.extract_lane(both, 1);
    store<i32>(index + ((<usize>n) << 2), k);
    store<f64>(u + ((<usize>n) << 3), first);
    n += i32(first > uMin) & i32(first <= uMax);
    store<i32>(index + ((<usize>n) << 2), k + 1);
    store<f64>(u + ((<usize>n) << 3), second);
    n += i32(second > uMin) & i32(second <= uMax);
  }
  if (n > 0) {
    store<i32>(index + ((<usize>n) << 2), load<i32>(index + ((<usize>(n - 1)) << 2)));
    store<f64>(u + ((<usize>n) << 3), load<f64>(u + ((<usize>(n - 1)) << 3)));
  }
  return n;
}

/**
 * Two-theta, width, intensity and their derivatives for reflections inside the window; formulas in ../peakFinder.ts.
 * Columns have room for one entry more than `n`.
 * @param sums structure factor sums [count * elements * 2]
 * @param factors value and slope of every coefficient side by side, highest first, [panels * elements * 5 * 2]
 * @param perU panels of the factors per unit of u on this line
 * @param slopeScale panels per unit of u on the first line
 * @param arcsine as ARCSINE, [panels * 5]
 * @param twice 2 × weight of the line
 */
export function peakStage(
  n: i32,
  index: usize,
  u: usize,
  sums: usize,
  elements: i32,
  factors: usize,
  perU: f64,
  slopeScale: f64,
  arcsine: usize,
  cagliotiU: f64,
  cagliotiV: f64,
  cagliotiW: f64,
  twice: f64,
  stretch: f64,
  position: usize,
  width: usize,
  intensity: usize,
  widthSlope: usize,
  positionByU: usize,
  intensityByU: usize,
): void {
  const DEGREES: f64 = 57.29577951308232;
  const PER_UNIT: f64 = 256;
  const one = f64x2.splat(1);
  const two = f64x2.splat(2);
  const half = f64x2.splat(0.5);
  const panelBytes = elements * 80;
  const sumBytes = elements * 16;
  for (let i = 0; i < n; i += 2) {
    const at = (<usize>i) << 3;
    const uu = v128.load(u + at);
    const scaled = f64x2.mul(uu, f64x2.splat(perU));
    const panels = i32x4.trunc_sat_f64x2_s_zero(scaled);
    const x = f64x2.sub(f64x2.mul(two, f64x2.sub(scaled, f64x2.convert_low_i32x4_s(panels))), one);
    const xA = f64x2.splat(f64x2.extract_lane(x, 0));
    const xB = f64x2.splat(f64x2.extract_lane(x, 1));
    let fA = factors + <usize>(i32x4.extract_lane(panels, 0) * panelBytes);
    let fB = factors + <usize>(i32x4.extract_lane(panels, 1) * panelBytes);
    let sA = sums + <usize>(load<i32>(index + ((<usize>i) << 2)) * sumBytes);
    let sB = sums + <usize>(load<i32>(index + ((<usize>i) << 2), 4) * sumBytes);
    let reA = f64x2.splat(0);
    let imA = f64x2.splat(0);
    let reB = f64x2.splat(0);
    let imB = f64x2.splat(0);
    for (let e = 0; e < elements; e++, fA += 80, fB += 80, sA += 16, sB += 16) {
      let a = f64x2.add(v128.load(fA, 16), f64x2.mul(xA, v128.load(fA)));
      let b = f64x2.add(v128.load(fB, 16), f64x2.mul(xB, v128.load(fB)));
      a = f64x2.add(v128.load(fA, 32), f64x2.mul(xA, a));
      b = f64x2.add(v128.load(fB, 32), f64x2.mul(xB, b));
      a = f64x2.add(v128.load(fA, 48), f64x2.mul(xA, a));
      b = f64x2.add(v128.load(fB, 48), f64x2.mul(xB, b));
      a = f64x2.add(v128.load(fA, 64), f64x2.mul(xA, a));
      b = f64x2.add(v128.load(fB, 64), f64x2.mul(xB, b));
      reA = f64x2.add(reA, f64x2.mul(a, v128.load_splat<f64>(sA)));
      imA = f64x2.add(imA, f64x2.mul(a, v128.load_splat<f64>(sA, 8)));
      reB = f64x2.add(reB, f64x2.mul(b, v128.load_splat<f64>(sB)));
      imB = f64x2.add(imB, f64x2.mul(b, v128.load_splat<f64>(sB, 8)));
    }
    const re = v128.shuffle<f64>(reA, reB, 0, 2);
    const im = v128.shuffle<f64>(imA, imB, 0, 2);
    const reSlope = v128.shuffle<f64>(reA, reB, 1, 3);
    const imSlope = v128.shuffle<f64>(imA, imB, 1, 3);
    const square = f64x2.add(f64x2.mul(re, re), f64x2.mul(im, im));
    const cross = f64x2.mul(
      f64x2.add(f64x2.mul(re, reSlope), f64x2.mul(im, imSlope)),
      f64x2.splat(4 * slopeScale),
    );

    const rest = f64x2.sub(one, uu);
    const sine = f64x2.sqrt(uu);
    const cosine = f64x2.sqrt(rest);
    const r = f64x2.div(one, f64x2.mul(sine, cosine));
    const along = f64x2.mul(f64x2.pmin(sine, cosine), f64x2.splat(PER_UNIT));
    const places = i32x4.trunc_sat_f64x2_s_zero(along);
    const y = f64x2.sub(f64x2.mul(two, f64x2.sub(along, f64x2.convert_low_i32x4_s(places))), one);
    const pA = arcsine + <usize>(i32x4.extract_lane(places, 0) * 40);
    const pB = arcsine + <usize>(i32x4.extract_lane(places, 1) * 40);
    let angle = v128.load64_lane(pB, v128.load64_zero(pA, 32), 1, 32);
    angle = f64x2.add(v128.load64_lane(pB, v128.load64_zero(pA, 24), 1, 24), f64x2.mul(y, angle));
    angle = f64x2.add(v128.load64_lane(pB, v128.load64_zero(pA, 16), 1, 16), f64x2.mul(y, angle));
    angle = f64x2.add(v128.load64_lane(pB, v128.load64_zero(pA, 8), 1, 8), f64x2.mul(y, angle));
    angle = f64x2.add(v128.load64_lane(pB, v128.load64_zero(pA, 0), 1, 0), f64x2.mul(y, angle));
    angle = v128.bitselect(angle, f64x2.sub(f64x2.splat(180), angle), f64x2.le(uu, half));
    const tan = f64x2.mul(uu, r);
    const secant = f64x2.mul(r, sine);
    const bend = f64x2.mul(f64x2.splat(cagliotiU), tan);
    const fwhm = f64x2.sqrt(
      f64x2.add(f64x2.mul(f64x2.add(bend, f64x2.splat(cagliotiV)), tan), f64x2.splat(cagliotiW)),
    );
    const cos2 = f64x2.sub(one, f64x2.mul(two, uu));
    const r2 = f64x2.mul(r, r);
    const r2c = f64x2.mul(r2, cosine);
    const secant2 = f64x2.mul(secant, secant);
    const lp = f64x2.mul(f64x2.add(one, f64x2.mul(cos2, cos2)), r2c);
    const lpSlope = f64x2.sub(
      f64x2.mul(f64x2.mul(f64x2.splat(-4), cos2), r2c),
      f64x2.mul(lp, f64x2.sub(f64x2.mul(r2, rest), f64x2.mul(half, secant2))),
    );
    const scale = f64x2.splat(twice);
    v128.store(position + at, angle);
    v128.store(width + at, fwhm);
    v128.store(intensity + at, f64x2.mul(f64x2.mul(scale, square), lp));
    v128.store(
      widthSlope + at,
      f64x2.div(
        f64x2.mul(f64x2.add(f64x2.mul(two, bend), f64x2.splat(cagliotiV)), secant2),
        f64x2.mul(f64x2.splat(4 * DEGREES), fwhm),
      ),
    );
    v128.store(positionByU + at, f64x2.mul(f64x2.splat(stretch * DEGREES), r));
    v128.store(
      intensityByU + at,
      f64x2.mul(
        scale,
        f64x2.add(f64x2.mul(cross, lp), f64x2.mul(f64x2.mul(f64x2.splat(stretch), square), lpSlope)),
      ),
    );
  }
}
