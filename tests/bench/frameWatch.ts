/** Watches the page's frames: the longest gap between two of them, ms. */
export class FrameWatch {
  private longest = 0;
  private last = 0;
  private handle = 0;

  start(): void {
    this.longest = 0;
    this.last = performance.now();
    const frame = (): void => {
      const now = performance.now();
      this.longest = Math.max(this.longest, now - this.last);
      this.last = now;
      this.handle = requestAnimationFrame(frame);
    };
    this.handle = requestAnimationFrame(frame);
  }

  stop(): number {
    cancelAnimationFrame(this.handle);
    return this.longest;
  }
}
