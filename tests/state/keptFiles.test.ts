import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { settled } from '../../src/formats/compactStructure.ts';
import { deleteEntry, recentWork, saveEntry } from '../../src/state/files/database.ts';
import { userCrystal, userPattern } from '../../src/state/files/userFiles.ts';
import { libraryStructure } from '../support/library.ts';

it('a crystal, pattern or link that this device keeps is refused with a sentence where it is damaged', async () => {
  const structure = libraryStructure('Au2S');
  await saveEntry('crystals', structure, 'own-kept0000');
  expect(await userCrystal('own-kept0000')).toEqual(settled(structure));
  const { cell, ...lost } = structure;
  const infinite = { ...structure, cell: [...cell.slice(0, 5), Number.POSITIVE_INFINITY] };
  await saveEntry('crystals', lost as never, 'own-kept0001');
  await saveEntry('crystals', infinite as never, 'own-kept0002');
  for (const id of ['own-kept0001', 'own-kept0002'])
    await expect(userCrystal(id)).rejects.toThrow(
      /^The crystal “own-kept000.” that this device keeps cannot be read: .*\. Open its file again\.$/,
    );
  await saveEntry('patterns', { name: 'a scan', twoTheta: Float64Array.of(1, 2) } as never, 'xrd-kept0000');
  await expect(userPattern('xrd-kept0000')).rejects.toThrow('has no list of 2 to 1000000 finite intensities');
  await saveEntry('recent', { id: 'x', when: 1, title: 2, link: null } as never);
  expect(await recentWork()).not.toContainEqual(expect.objectContaining({ id: 'x' }));
  for (const [store, id] of [
    ['crystals', 'own-kept0000'],
    ['crystals', 'own-kept0001'],
    ['crystals', 'own-kept0002'],
    ['patterns', 'xrd-kept0000'],
    ['recent', 'x'],
  ] as const)
    await deleteEntry(store, id);
});
