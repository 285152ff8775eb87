import { PUBLISHED, tooLarge } from '../../energy/published.ts';
import { EnergyEngine } from '../../engine/energyEngine.ts';
import { MOST_BYTES } from '../../formats/limits.ts';
import { reasonOf } from '../../num/reasonOf.ts';
import { Latest } from '../core/job.ts';
import { energy, patchWeights, type WeightsState } from './energySlice.ts';
import { deleteWeights, loadWeights, type SavedWeights, saveWeights } from './weightsStore.ts';

/**
 * Address of the published file, pinned by its commit; the bytes are checked against their SHA-256 before they are read.
 */
export const WEIGHTS_ADDRESS = `https://raw.githubusercontent.com/materialsvirtuallab/matgl/${PUBLISHED.commit}/pretrained_models/${PUBLISHED.name}/state.pt`;

let engine: EnergyEngine | null = null;

/** The engine that holds the weights; null until a file passed its self-test. */
export const energyEngine = (): EnergyEngine | null => engine;

const hex = (buffer: ArrayBuffer): string =>
  Array.from(new Uint8Array(buffer), byte => byte.toString(16).padStart(2, '0')).join('');

/** Null on a page that is not served over https: browsers have no digests there. The self-test tells enough. */
const hashOf = async (bytes: Uint8Array): Promise<string | null> =>
  crypto.subtle ? hex(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)) : null;

/** Of looking, fetching and checking the newest counts; what an older one finds comes too late. */
const latest = new Latest();

/** Looks for weights that an earlier visit kept. */
export async function restoreWeights(): Promise<void> {
  if (energy.get().weights.status !== 'none') return;
  await bring('looking', async () => {
    // No database (a private window): the weights are asked for each time.
    const kept = await loadWeights().catch(() => null);
    if (!kept) return null;
    const hash = await hashOf(kept.bytes);
    if (hash === null || hash === kept.sha256) return { ...kept, kept: true };
    await deleteWeights().catch(() => {});
    throw new Error('the weights kept from an earlier visit were damaged and have been removed');
  });
}

/** Takes a file that the user gave. */
export const takeFile = (file: File): Promise<void> =>
  bring('checking', async () => {
    if (file.size > MOST_BYTES) throw new Error(tooLarge(file.size));
    return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()), kept: false };
  });

/** Fetches the published file after a click of the user. */
export const fetchWeights = (): Promise<void> =>
  bring('fetching', async () => {
    try {
      const response = await fetch(WEIGHTS_ADDRESS);
      if (!response.ok) throw new Error(`the address answered ${response.status}`);
      const bytes = new Uint8Array(await response.arrayBuffer());
      const sha256 = await hashOf(bytes);
      if (sha256 === null)
        throw new Error('a page that is not served over https cannot check what comes by its SHA-256');
      if (sha256 !== PUBLISHED.sha256)
        throw new Error(
          `what came has the SHA-256 ${sha256.slice(0, 12)}… and not that of the published file`,
        );
      return { name: 'state.pt', bytes, kept: false };
    } catch (error) {
      const reason = reasonOf(error);
      throw new Error(`the weights could not be fetched: ${reason}. The file can be dropped here instead`);
    }
  });

/** Forgets the weights here and in the browser. */
export async function dropWeights(): Promise<void> {
  latest.cancel();
  engine?.dispose();
  engine = null;
  patchWeights({ status: 'none', name: null, sha256: null, checks: [], kept: false, refused: null });
  await deleteWeights().catch(() => {});
}

/** A file of weights, and whether the browser has it already. */
type Brought = Pick<SavedWeights, 'name' | 'bytes'> & { readonly kept: boolean };

/** Puts what is found into use once it has passed its self-test; what is refused leaves those in use. */
async function bring(status: WeightsState['status'], find: () => Promise<Brought | null>): Promise<void> {
  const signal = latest.next();
  const patch = (change: Partial<WeightsState>): void => {
    if (!signal.aborted) patchWeights(change);
  };
  const atRest = (): Partial<WeightsState> => ({ status: engine ? 'ready' : 'none' });
  patch({ status, share: 0, refused: null });
  const next = new EnergyEngine();
  try {
    const found = await find();
    signal.throwIfAborted();
    if (!found) return patch(atRest());
    const { name, bytes, kept } = found;
    patch({ status: 'checking' });
    const sha256 = await hashOf(bytes);
    const checks = await next.load(bytes, { signal, onProgress: share => patch({ share }) });
    signal.throwIfAborted();
    engine?.dispose();
    engine = next;
    patch({ status: 'ready', name, sha256, checks, kept });
    if (!kept)
      await saveWeights({ name, sha256, bytes }).then(
        () => patch({ kept: true }),
        // No room, or no database: they are asked for again on the next visit.
        () => {},
      );
  } catch (error) {
    next.dispose();
    patch({ ...atRest(), refused: reasonOf(error) });
  }
}
