import { catalogueEntry } from '../../crystal/catalogue.ts';
import type { Codec } from '../core/codecs.ts';
import type { Inputs } from '../core/inputs.ts';

/** Crystals and patterns that a user brought: a kind and eight letters or digits made from their content. */
const OWN_CRYSTAL = /^own-[0-9a-z]{8}$/;
const OWN_PATTERN = /^xrd-[0-9a-z]{8}$/;

export const isOwnCrystal = (id: string): boolean => OWN_CRYSTAL.test(id);
export const isOwnPattern = (id: string): boolean => OWN_PATTERN.test(id);
export const isCrystal = (id: string): boolean => isOwnCrystal(id) || catalogueEntry(id) !== undefined;

/** The identity of a crystal in the link. */
export const crystalId: Codec<string> = {
  encode: value => value,
  decode: text =>
    isCrystal(text) ? { value: text } : { refused: 'is not one of the crystals of this page' },
};

/** A crystal or pattern of a user that the inputs name but do not bring. */
export const isMissing = ({ own }: Inputs, id: string): boolean =>
  (isOwnCrystal(id) || isOwnPattern(id)) &&
  ![...own.crystals, ...own.patterns].some(entry => entry.id === id);
