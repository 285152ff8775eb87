import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { abortError } from '../../src/engine/engine.ts';
import { store } from '../../src/state/core/store.ts';
import { resume, stopAll, unwant, want } from '../../src/state/gallery/galleryQueue.ts';
import type { PresetId } from '../../src/state/gallery/gallerySettings.ts';
import { cardOf } from '../../src/state/gallery/gallerySlice.ts';
import { fakeEngines } from '../support/fakeEngines.ts';
import { stubLibraryFetch } from '../support/libraryFetch.ts';
import { resetStore } from '../support/states.ts';

let evaluations: ReturnType<typeof fakeEngines>;
const card = (id: PresetId) => cardOf(store.getState(), id);
const status = (id: PresetId) => (card(id).waiting ? 'waiting' : card(id).status);
const until = (holds: () => boolean): Promise<void> => vi.waitFor(() => expect(holds()).toBe(true), 20_000);
/** The evaluation that is waited for; answered or refused, it is gone. */
const asked = async () => {
  await until(() => evaluations.calls.length > 0);
  return evaluations.calls.shift()!;
};
/** Answers all levels of the map of fig2 and with them the whole picture. */
async function finish(id: PresetId): Promise<void> {
  while (status(id) === 'computing') {
    const call = evaluations.calls.shift();
    call?.resolve({ loss: new Float64Array(call.args[1].length / 6) });
    await new Promise(resolve => setImmediate(resolve));
  }
}
const idle = async (...ids: PresetId[]): Promise<void> => {
  unwant(ids);
  for (const call of evaluations.calls.splice(0)) call.reject(abortError());
  await until(() => ids.every(id => status(id) !== 'computing'));
  store.setState({ gallery: {} });
};

beforeAll(() => {
  resetStore();
  stubLibraryFetch();
  evaluations = fakeEngines();
});
afterAll(() => vi.unstubAllGlobals());

describe('the queue of the gallery', () => {
  it('computes one picture at a time, first those that were asked for last', async () => {
    want(['fig2', 'figS2']);
    want(['trade']);
    expect([status('fig2'), status('trade'), status('figS2')]).toEqual(['computing', 'waiting', 'waiting']);
    await finish('fig2');
    expect([status('fig2'), status('trade'), status('figS2')]).toEqual(['done', 'computing', 'waiting']);
    expect(card('fig2').figure?.complete).toBe(true);
    await idle('trade', 'figS2');
  });

  it('gives the place of a picture that left the view to the next, and keeps what it shows', async () => {
    want(['fig2', 'figS2']);
    const first = await asked();
    first.resolve({ loss: new Float64Array(first.args[1].length / 6) });
    const second = await asked();
    const figure = card('fig2').figure;
    expect(figure?.map).not.toBeNull();
    unwant(['fig2']);
    expect(second.args[2].signal?.aborted).toBe(true);
    second.reject(abortError());
    await until(() => status('figS2') === 'computing');
    expect(card('fig2')).toMatchObject({ status: 'idle', figure });
    await idle('figS2');
  });

  it('computes a picture that left the view and came back before its engine noticed', async () => {
    want(['fig2']);
    const call = await asked();
    unwant(['fig2']);
    want(['fig2']);
    call.reject(abortError());
    await until(() => status('fig2') === 'computing' && evaluations.calls.length > 0);
    await finish('fig2');
    expect(status('fig2')).toBe('done');
    await idle('fig2');
  });

  it('stopped as a whole stays stopped, whatever arrives late, until a picture is asked for by itself', async () => {
    want(['fig2', 'figS2']);
    const call = await asked();
    stopAll();
    call.resolve({ loss: new Float64Array(call.args[1].length / 6) });
    for (let i = 0; i < 5; i++) await new Promise(resolve => setImmediate(resolve));
    expect([status('fig2'), status('figS2')]).toEqual(['cancelled', 'cancelled']);
    want(['fig2', 'figS2']);
    expect([status('fig2'), status('figS2')]).toEqual(['cancelled', 'cancelled']);
    resume(['fig2']);
    await finish('fig2');
    expect([status('fig2'), status('figS2')]).toEqual(['done', 'cancelled']);
    await idle('fig2', 'figS2');
  });

  it('says why a picture failed, goes on with the next, and computes it when it is tried again', async () => {
    want(['fig2', 'figS2']);
    (await asked()).reject(new Error('the worker broke down'));
    await until(() => status('figS2') === 'computing');
    expect(card('fig2')).toMatchObject({ status: 'failed', message: 'the worker broke down' });
    want(['fig2']);
    expect(status('fig2')).toBe('failed');
    resume(['fig2']);
    expect(card('fig2')).toMatchObject({ waiting: true, message: null });
    unwant(['figS2']);
    (await asked()).reject(abortError());
    await until(() => status('fig2') === 'computing');
    await finish('fig2');
    expect(status('fig2')).toBe('done');
    await idle('fig2', 'figS2');
  });
});
