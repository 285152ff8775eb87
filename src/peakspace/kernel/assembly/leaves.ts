/** Sorting into leaves, and polynomials of the leaves at the peaks. */

/**
 * Counting sort of the peaks into leaves, in list order within a leaf.
 * @param start i32 [leaves + 1]
 * @param leafOf i32 [n] scratch
 * @param localOf [n] scratch
 * @param peak i32 [n], then the sorted columns [n]
 */
export function sortIntoLeaves(
  n: i32,
  leaves: i32,
  low: f64,
  perLeaf: f64,
  position: usize,
  width: usize,
  intensity: usize,
  widthSlope: usize,
  start: usize,
  leafOf: usize,
  localOf: usize,
  peak: usize,
  sortedPosition: usize,
  sortedWidth: usize,
  sortedIntensity: usize,
  sortedWidthSlope: usize,
  sortedLocal: usize,
): void {
  memory.fill(start, 0, (<usize>leaves + 1) << 2);
  const last = leaves - 1;
  for (let i = 0; i < n; i++) {
    const scaled = (load<f64>(position + ((<usize>i) << 3)) - low) * perLeaf;
    let leaf = <i32>scaled;
    if (leaf > last) leaf = last;
    store<i32>(leafOf + ((<usize>i) << 2), leaf);
    store<f64>(localOf + ((<usize>i) << 3), 2 * (scaled - <f64>leaf) - 1);
    const at = start + ((<usize>leaf) << 2);
    store<i32>(at, load<i32>(at) + 1);
  }
  let sum = 0;
  for (let c = 0; c <= leaves; c++) {
    const at = start + ((<usize>c) << 2);
    sum += load<i32>(at);
    store<i32>(at, sum);
  }
  for (let i = n - 1; i >= 0; i--) {
    const leaf = start + ((<usize>load<i32>(leafOf + ((<usize>i) << 2))) << 2);
    const to = load<i32>(leaf) - 1;
    store<i32>(leaf, to);
    const from = (<usize>i) << 3;
    const at = (<usize>to) << 3;
    store<i32>(peak + ((<usize>to) << 2), i);
    store<f64>(sortedPosition + at, load<f64>(position + from));
    store<f64>(sortedWidth + at, load<f64>(width + from));
    store<f64>(sortedIntensity + at, load<f64>(intensity + from));
    store<f64>(sortedWidthSlope + at, load<f64>(widthSlope + from));
    store<f64>(sortedLocal + at, load<f64>(localOf + from));
  }
}

/**
 * Adds up the intensities of sorted peaks less than `same` degrees apart, keeps the first and closes the gaps.
 * @param place i32 [n]: where each unsorted peak went
 * @param same negative: none are equal, only `place` is filled
 * @returns how many are left
 */
export function mergeEqual(
  leaves: i32,
  start: usize,
  peak: usize,
  position: usize,
  width: usize,
  intensity: usize,
  widthSlope: usize,
  local: usize,
  place: usize,
  same: f64,
): i32 {
  let kept = 0;
  let next = load<i32>(start);
  for (let c = 0; c < leaves; c++) {
    const bound = start + ((<usize>c) << 2);
    const end = load<i32>(bound, 4);
    const first = kept;
    for (let i = next; i < end; i++) {
      const from = (<usize>i) << 3;
      const t = load<f64>(position + from);
      let at = same < 0 ? kept : first;
      while (at < kept && abs(load<f64>(position + ((<usize>at) << 3)) - t) > same) at++;
      store<i32>(place + ((<usize>load<i32>(peak + ((<usize>i) << 2))) << 2), at);
      const to = (<usize>at) << 3;
      if (at < kept) {
        store<f64>(intensity + to, load<f64>(intensity + to) + load<f64>(intensity + from));
        continue;
      }
      if (at !== i) {
        store<f64>(position + to, t);
        store<f64>(width + to, load<f64>(width + from));
        store<f64>(intensity + to, load<f64>(intensity + from));
        store<f64>(widthSlope + to, load<f64>(widthSlope + from));
        store<f64>(local + to, load<f64>(local + from));
      }
      kept++;
    }
    next = end;
    store<i32>(bound, kept, 4);
  }
  return kept;
}

/**
 * Value and slope of the leaves' polynomials of `order` terms at the peaks, added to A and T.
 * @param potential [leaves * order]
 */
export function gather(
  leaves: i32,
  order: i32,
  perDegree: f64,
  start: usize,
  local: usize,
  potential: usize,
  byIntensity: usize,
  byPosition: usize,
): void {
  const bytes = (<usize>order) << 3;
  const scale = f64x2.splat(perDegree);
  for (let c = 0; c < leaves; c++, potential += bytes) {
    const end = load<i32>(start + ((<usize>c) << 2), 4);
    for (let i = load<i32>(start + ((<usize>c) << 2)); i < end; i += 2) {
      const at = (<usize>i) << 3;
      // of the last peak of an odd number the second lane is not stored
      const x = i + 1 < end ? v128.load(local + at) : v128.load_splat<f64>(local + at);
      let value = v128.load_splat<f64>(potential + bytes - 8);
      let slope = f64x2.splat(0);
      for (let y = potential + bytes - 16; y >= potential; y -= 8) {
        slope = f64x2.add(f64x2.mul(slope, x), value);
        value = f64x2.add(f64x2.mul(value, x), v128.load_splat<f64>(y));
      }
      const a = f64x2.add(v128.load(byIntensity + at), value);
      const t = f64x2.add(v128.load(byPosition + at), f64x2.mul(scale, slope));
      if (i + 1 < end) {
        v128.store(byIntensity + at, a);
        v128.store(byPosition + at, t);
      } else {
        store<f64>(byIntensity + at, f64x2.extract_lane(a, 0));
        store<f64>(byPosition + at, f64x2.extract_lane(t, 0));
      }
    }
  }
}

/** Σ I A. */
export function energyOf(n: i32, intensity: usize, byIntensity: usize): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < n; i++)
    sum += load<f64>(intensity + ((<usize>i) << 3)) * load<f64>(byIntensity + ((<usize>i) << 3));
  return sum;
}
