import { describe, expect, it } from 'vitest';
import { Coalesced, Latest } from '../../src/state/core/latest.ts';

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

describe('coalesced jobs', () => {
  const gate = (): { promise: Promise<void>; open: () => void } => {
    let open = (): void => {};
    const promise = new Promise<void>(resolve => {
      open = resolve;
    });
    return { promise, open };
  };
  const settled = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 0));

  it('run one at a time; of those that wait only the newest runs', async () => {
    const coalesced = new Coalesced();
    const ran: string[] = [];
    const first = gate();
    coalesced.request(async () => {
      ran.push('first');
      await first.promise;
      ran.push('first done');
    });
    for (const name of ['second', 'third', 'fourth'])
      coalesced.request(async () => {
        ran.push(name);
      });
    expect(ran).toEqual(['first']);
    first.open();
    await settled();
    expect(ran).toEqual(['first', 'first done', 'fourth']);
    coalesced.request(async () => {
      ran.push('fifth');
    });
    expect(ran.at(-1)).toBe('fifth');
  });
});
