import { PUBLISHED } from '../../energy/model.ts';
import { LARGEST_FILE } from '../../energy/zipArchive.ts';
import { EnergyEngine } from '../../engine/energyEngine.ts';
import { energy, patchWeights } from './energySlice.ts';
import { deleteWeights, loadWeights, saveWeights } from './weightsStore.ts';

/**
 * Address of the published file, pinned by its commit; the bytes are checked against their SHA-256 before they are read.
 */
export const WEIGHTS_ADDRESS = `https://raw.githubusercontent.com/materialsvirtuallab/matgl/${PUBLISHED.commit}/pretrained_models/${PUBLISHED.name}/state.pt`;

let engine: EnergyEngine | null = null;

/** The engine that holds the weights; null until a file passed its self-test. */
export const energyEngine = (): EnergyEngine | null => engine;

const hex = (buffer: ArrayBuffer): string =>
  Array.from(new Uint8Array(buffer), byte => byte.toString(16).padStart(2, '0')).join('');

const hashOf = async (bytes: Uint8Array): Promise<string> =>
  hex(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));

/** Looks for weights that an earlier visit kept. */
export async function restoreWeights(): Promise<void> {
  if (energy.get().weights.status !== 'none') return;
  patchWeights({ status: 'looking', share: 0, refused: null });
  try {
    const kept = await loadWeights();
    if (!kept) patchWeights({ status: 'none' });
    else if ((await hashOf(kept.bytes)) !== kept.sha256) {
      await deleteWeights();
      patchWeights({
        status: 'none',
        refused: 'the weights kept from an earlier visit were damaged and have been removed',
      });
    } else await take(kept.name, kept.bytes, true);
  } catch {
    // No database (a private window): the weights are asked for each time.
    patchWeights({ status: 'none' });
  }
}

/** Takes a file that the user gave. */
export async function takeFile(file: File): Promise<void> {
  if (file.size > LARGEST_FILE) {
    const size = Math.round(file.size / 1048576);
    patchWeights({
      refused: `the file has ${size} MB; weights of this kind have 3.4 MB, and 64 MB is the limit`,
    });
    return;
  }
  await take(file.name, new Uint8Array(await file.arrayBuffer()), false);
}

/** Fetches the published file after a click of the user. */
export async function fetchWeights(): Promise<void> {
  const before = energy.get().weights.status;
  patchWeights({ status: 'fetching', share: 0, refused: null });
  try {
    const response = await fetch(WEIGHTS_ADDRESS);
    if (!response.ok) throw new Error(`the address answered ${response.status}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const sha256 = await hashOf(bytes);
    if (sha256 !== PUBLISHED.sha256)
      throw new Error(`what came has the SHA-256 ${sha256.slice(0, 12)}… and not that of the published file`);
    await take('state.pt', bytes, false);
  } catch (error) {
    const reason = (error as Error).message;
    patchWeights({
      status: before === 'ready' ? 'ready' : 'none',
      refused: `the weights could not be fetched: ${reason}. The file can be dropped here instead`,
    });
  }
}

/** Forgets the weights here and in the browser. */
export async function dropWeights(): Promise<void> {
  engine?.dispose();
  engine = null;
  patchWeights({ status: 'none', name: null, sha256: null, checks: [], kept: false, refused: null });
  await deleteWeights().catch(() => {});
}

async function take(name: string, bytes: Uint8Array, kept: boolean): Promise<void> {
  const before = energy.get().weights.status;
  patchWeights({ status: 'checking', share: 0, refused: null });
  const next = new EnergyEngine();
  try {
    const sha256 = await hashOf(bytes);
    const checks = await next.load(bytes, { onProgress: share => patchWeights({ share }) });
    engine?.dispose();
    engine = next;
    patchWeights({ status: 'ready', name, sha256, checks, kept });
    if (!kept)
      await saveWeights({ name, sha256, bytes }).then(
        () => patchWeights({ kept: true }),
        () => patchWeights({ kept: false }),
      );
  } catch (error) {
    next.dispose();
    const status = engine && before !== 'none' ? 'ready' : 'none';
    patchWeights({ status, refused: (error as Error).message });
  }
}
