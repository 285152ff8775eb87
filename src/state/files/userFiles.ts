import type { Structure } from '../../crystal/structure.ts';
import type { MeasuredPattern } from '../../formats/measuredPattern.ts';
import { store } from '../core/store.ts';

/** The crystals and patterns that a user brought, by their identity: in memory, in the link, or kept on this device. */
const crystals = new Map<string, Structure>();
const patterns = new Map<string, MeasuredPattern>();

export const rememberCrystal = (id: string, structure: Structure): void => void crystals.set(id, structure);
export const rememberPattern = (id: string, pattern: MeasuredPattern): void => void patterns.set(id, pattern);

/** Rejects with a sentence that says where the crystal is to be had. */
export async function userCrystal(id: string): Promise<Structure> {
  const here = crystals.get(id);
  if (here) return here;
  const named = store.getState().inputs.userFiles.crystals.find(entry => entry.id === id);
  if (named?.data) {
    const { decodeStructure } = await import('./structureCode.ts');
    const read = decodeStructure(named.data);
    if (!read.ok) throw new Error(`The crystal “${named.name}” cannot be read: ${read.message}.`);
    crystals.set(id, read.value);
    return read.value;
  }
  const [{ savedEntry }, { checkedStructure }] = await Promise.all([
    import('./database.ts'),
    import('../../formats/compactStructure.ts'),
  ]);
  const found = await savedEntry('crystals', id);
  if (!found)
    throw new Error(
      `The crystal “${named?.name ?? id}” is too large for a link and was kept on another device. Open its file again, or a project file that has it.`,
    );
  const read = checkedStructure(found);
  if (!read.ok) throw damaged(`crystal “${named?.name ?? id}”`, read.message);
  crystals.set(id, read.value);
  return read.value;
}

/** Rejects with a sentence that says where the pattern is to be had. */
export async function userPattern(id: string): Promise<MeasuredPattern> {
  const here = patterns.get(id);
  if (here) return here;
  const { savedEntry } = await import('./database.ts');
  const found = await savedEntry('patterns', id);
  const named = store.getState().inputs.userFiles.patterns.find(entry => entry.id === id);
  if (!found)
    throw new Error(
      `The measured pattern “${named?.name ?? id}” was kept on another device. Open its file again, or a project file that has it.`,
    );
  const { checkedPattern } = await import('../../formats/measuredPattern.ts');
  const read = checkedPattern(found);
  if (!read.ok) throw damaged(`measured pattern “${named?.name ?? id}”`, `it ${read.message}`);
  patterns.set(id, read.value);
  return read.value;
}

const damaged = (what: string, reason: string): Error =>
  new Error(`The ${what} that this device keeps cannot be read: ${reason}. Open its file again.`);
