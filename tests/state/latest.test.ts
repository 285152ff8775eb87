import { describe, expect, it } from 'vitest';
import { Latest } from '../../src/state/core/job.ts';

describe('the newest job', () => {
  it('cancels the one before it', () => {
    const latest = new Latest();
    const first = latest.next();
    const second = latest.next();
    expect([first.aborted, second.aborted]).toEqual([true, false]);
    latest.cancel();
    expect(second.aborted).toBe(true);
    expect(latest.next().aborted).toBe(false);
  });
});
