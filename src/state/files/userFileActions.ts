import type { Structure } from '../../crystal/structure.ts';
import { compactStructure, settled } from '../../formats/compactStructure.ts';
import type { MeasuredPattern } from '../../formats/measuredPattern.ts';
import { notify } from '../core/notices.ts';
import { store } from '../core/store.ts';
import { changeSettings } from '../core/undo.ts';
import { saveEntry } from './database.ts';
import { encodeStructure } from './structureCode.ts';
import { nameForLink, USER_FILE_LIMITS, type UserCrystal, type UserFileInputs } from './userFileSettings.ts';
import { rememberCrystal, rememberPattern } from './userFiles.ts';

/** Brings crystals and patterns of the user into the inputs. Loaded with the first of them. */

const setUserFiles = (change: Partial<UserFileInputs>): void => void changeSettings('userFiles', change);

const inUse = (id: string): boolean => {
  const { inputs } = store.getState();
  return (
    inputs.structureId === id ||
    inputs.measured.id === id ||
    inputs.study.structures.includes(id) ||
    inputs.compare.entries.some(entry => entry.source === id)
  );
};

/** Room for one more: the oldest that nothing on screen uses leaves. Null where all are in use. */
function withRoom<T extends { readonly id: string }>(list: readonly T[]): readonly T[] | null {
  if (list.length < USER_FILE_LIMITS.entries) return list;
  const oldest = list.find(entry => !inUse(entry.id));
  return oldest ? list.filter(entry => entry !== oldest) : null;
}

const fullNotice = (what: string): void =>
  notify({
    id: 'user-files',
    tone: 'warning',
    text: `${USER_FILE_LIMITS.entries} ${what} are in use; take one away first.`,
  });

/** Puts a crystal in memory or on this device and into the link; its identity, or null where there is no room. */
export async function addCrystal(given: Structure): Promise<string | null> {
  const structure = settled(given);
  const id = contentId('own', JSON.stringify(compactStructure(structure)));
  rememberCrystal(id, structure);
  const { crystals } = store.getState().inputs.userFiles;
  if (crystals.some(entry => entry.id === id)) return id;
  const room = withRoom(crystals);
  if (!room) {
    fullNotice('crystals');
    return null;
  }
  const used = room.reduce((sum, entry) => sum + (entry.data?.length ?? 0), 0);
  const code = encodeStructure(structure);
  const data = code && used + code.length <= USER_FILE_LIMITS.allData ? code : null;
  const entry: UserCrystal = { id, name: nameForLink(structure.formula), data };
  if (data === null) {
    const reason = await saveEntry('crystals', structure, id);
    notify({
      id: 'user-files',
      tone: reason ? 'warning' : 'info',
      text: reason
        ? `“${entry.name}” is too large for the link and is not kept on this device: ${reason}. It lasts as long as this page; save a project file to keep it.`
        : `“${entry.name}” is too large for the link, so it is kept on this device. The link opens it here; elsewhere, use a project file.`,
    });
  }
  setUserFiles({ crystals: [...room, entry] });
  return id;
}

export async function addPattern(pattern: MeasuredPattern): Promise<string | null> {
  const { wavelength, twoTheta, intensity } = pattern;
  const id = contentId('xrd', [Float64Array.of(wavelength.alpha1), twoTheta, intensity]);
  rememberPattern(id, pattern);
  const { patterns } = store.getState().inputs.userFiles;
  if (patterns.some(entry => entry.id === id)) return id;
  const room = withRoom(patterns);
  if (!room) {
    fullNotice('measured patterns');
    return null;
  }
  const reason = await saveEntry('patterns', pattern, id);
  const name = nameForLink(pattern.name);
  if (reason)
    notify({
      id: 'user-files',
      tone: 'warning',
      text: `“${name}” is not kept on this device: ${reason}. It lasts as long as this page; save a project file to keep it.`,
    });
  setUserFiles({ patterns: [...room, { id, name }] });
  return id;
}

/** Takes a crystal or pattern out of the inputs, where nothing uses it. */
export function removeUserFile(id: string): void {
  if (inUse(id)) {
    notify({
      id: 'user-files',
      tone: 'info',
      text: 'It is in use: choose another crystal or take it out of the comparison first.',
    });
    return;
  }
  const { crystals, patterns } = store.getState().inputs.userFiles;
  setUserFiles({
    crystals: crystals.filter(entry => entry.id !== id),
    patterns: patterns.filter(entry => entry.id !== id),
  });
}

/**
 * Two 32-bit FNV-1a hashes of a text, or of the words of numbers, with different seeds, as eight letters or digits. Not a
 * secret, only a name.
 */
export function contentId(kind: 'own' | 'xrd', content: string | readonly Float64Array[]): string {
  const hash = (seed: number): number => {
    let h = seed;
    if (typeof content === 'string')
      for (let i = 0; i < content.length; i++) h = Math.imul(h ^ content.charCodeAt(i), 0x01000193);
    else
      for (const column of content)
        for (const word of new Uint32Array(column.buffer, column.byteOffset, 2 * column.length)) {
          h = Math.imul(h ^ word, 0x01000193);
          // the low bits know nothing of the high ones of a word otherwise
          h ^= h >>> 15;
        }
    return h >>> 0;
  };
  const four = (h: number): string => (h % 36 ** 4).toString(36).padStart(4, '0');
  return `${kind}-${four(hash(0x811c9dc5))}${four(hash(0x9747b28c))}`;
}
