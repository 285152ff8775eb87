import { catalogueEntry } from '../../crystal/catalogue.ts';
import { isUserCrystal, isUserPattern } from '../../formats/userIds.ts';
import type { Codec } from '../core/codecs.ts';
import type { Inputs } from '../core/inputs.ts';

export const isCrystal = (id: string): boolean => isUserCrystal(id) || catalogueEntry(id) !== undefined;

/** The identity of a crystal in the link. */
export const crystalId: Codec<string> = {
  encode: value => value,
  decode: text =>
    isCrystal(text) ? { value: text } : { refused: 'is not one of the crystals of this page' },
};

/** A crystal or pattern of a user that the inputs name but do not bring. */
export const isMissing = ({ userFiles }: Inputs, id: string): boolean =>
  (isUserCrystal(id) || isUserPattern(id)) &&
  ![...userFiles.crystals, ...userFiles.patterns].some(entry => entry.id === id);
