/** Middle one of some numbers. */
export const median = (values: readonly number[]): number =>
  values.toSorted((p, q) => p - q)[values.length >> 1] ?? Number.NaN;

/** Wall and CPU time of one run, ms. On a machine that others use too, the CPU time is the one to compare. */
export interface RunTime {
  readonly wall: number;
  readonly cpu: number;
}

/** Rounds after one that warms up, and their least length in ms. */
const ROUNDS = 5;
const LEAST_MS = 60;

/**
 * Median over rounds of the mean time of a run.
 * @param run called with a running number, to vary its input
 */
export function timeOfRun(run: (n: number) => void, rounds = ROUNDS, leastMs = LEAST_MS): RunTime {
  const walls: number[] = [];
  const cpus: number[] = [];
  let n = 0;
  for (let round = 0; round <= rounds; round++) {
    const start = performance.now();
    const cpu = process.cpuUsage();
    const from = n;
    do run(n++);
    while (
      // the compiler needs its time in the first one
      performance.now() - start <
      (round === 0 ? 8 : 1) * leastMs
    );
    if (round === 0) continue;
    const { user, system } = process.cpuUsage(cpu);
    walls.push((performance.now() - start) / (n - from));
    cpus.push((user + system) / 1000 / (n - from));
  }
  return { wall: median(walls), cpu: median(cpus) };
}

/** CPU time of a run: on one thread what it takes with a core to itself. */
export const msPerRun = (run: (n: number) => void): number => timeOfRun(run).cpu;

/** The exponent p of time ∝ work^p: least squares of the logarithms. */
export function growth(points: readonly { readonly work: number; readonly ms: number }[]): number {
  const logs = points.map(({ work, ms }) => [Math.log(work), Math.log(ms)] as const);
  const mean = (axis: 0 | 1): number => logs.reduce((sum, log) => sum + log[axis], 0) / logs.length;
  const [x0, y0] = [mean(0), mean(1)];
  const over = (f: (x: number, y: number) => number): number =>
    logs.reduce((sum, [x, y]) => sum + f(x - x0, y - y0), 0);
  return over((x, y) => x * y) / over(x => x * x);
}
