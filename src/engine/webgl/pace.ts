/**
 * Number of cells to draw at once, for one kind of drawing. The GPU also draws the page, so one draw is to take about a
 * frame: the first batch is small, later ones follow from the measured time, growing at most fourfold.
 */
const DRAW_MS = 25;
const FIRST = 4;
/** Above this a batch no longer gains from being larger. */
const MOST = 1024;

export class BatchSize {
  private msPerUnit: number | null = null;
  private last = FIRST;
  /** Time of a batch without cells: uploads, waiting, reading back. ms. */
  private overhead: number | null = null;

  get knowsOverhead(): boolean {
    return this.overhead !== null;
  }

  setOverhead(ms: number): void {
    this.overhead = ms;
  }

  /**
   * Cells of the next batch, a power of two.
   * @param units work of one cell: (reflections × bins) or pairs of reflections
   * @param most what the textures can hold
   */
  next(units: number, most: number): number {
    const wanted =
      this.msPerUnit === null ? FIRST : Math.min(DRAW_MS / (this.msPerUnit * units), 4 * this.last);
    return 2 ** Math.floor(Math.log2(Math.max(1, Math.min(wanted, MOST, most))));
  }

  learn(rows: number, units: number, ms: number): void {
    // A hiccup in the overhead must not make a batch look free.
    const drawn = Math.max(ms - (this.overhead ?? 0), 0.2 * ms);
    const rate = drawn / (rows * units);
    this.msPerUnit = this.msPerUnit === null ? rate : 0.5 * (rate + this.msPerUnit);
    this.last = rows;
  }
}
