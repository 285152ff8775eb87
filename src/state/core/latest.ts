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

/**
 * Runs one job at a time without cancelling: requests that arrive meanwhile replace each other, and the newest runs
 * when the present one is done. Under a moving pointer every finished job is shown, where cancelling would starve.
 */
export class Coalesced {
  private running = false;
  private queued: (() => Promise<void>) | null = null;

  request(job: () => Promise<void>): void {
    this.queued = job;
    if (!this.running) void this.drain();
  }

  private async drain(): Promise<void> {
    this.running = true;
    while (this.queued) {
      const job = this.queued;
      this.queued = null;
      await job();
    }
    this.running = false;
  }
}
