/** Runs one job at a time: a new one cancels the last, whose results are then ignored. */
export class Latest {
  private controller: AbortController | null = null;

  /** Cancels what runs and returns the signal of the new job. */
  next(): AbortSignal {
    this.controller?.abort();
    this.controller = new AbortController();
    return this.controller.signal;
  }

  cancel(): void {
    this.controller?.abort();
    this.controller = null;
  }
}
