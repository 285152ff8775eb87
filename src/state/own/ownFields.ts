import { type Codec, type Decoded, list } from '../linkCodecs.ts';
import { fieldsOf, type LinkField } from '../linkField.ts';
import { OWN_LIMITS, type OwnCrystal, type OwnInputs, type OwnPattern, ownName } from './ownInputs.ts';
import { isOwnCrystal, isOwnPattern } from './sourceIds.ts';

/** Letters of base64 as addresses allow them. */
const DATA = /^[\w-]*$/;

const named = (text: string): boolean => text !== '' && ownName(text) === text;

/** "own-1a2b3c4d~quartz~7VpN…"; without the last part where the crystal is kept on a device. */
const crystal: Codec<OwnCrystal> = {
  encode: ({ id, name, data }) => `${id}~${name}${data === null ? '' : `~${data}`}`,
  decode(text): Decoded<OwnCrystal> {
    const [id = '', name = '', data, ...more] = text.split('~');
    if (!isOwnCrystal(id) || !named(name) || more.length > 0)
      return { refused: 'is not an identity, a name and a structure' };
    if (data !== undefined && !(DATA.test(data) && data.length > 0 && data.length <= OWN_LIMITS.data))
      return { refused: `does not hold a structure of at most ${OWN_LIMITS.data} characters` };
    return { value: { id, name, data: data ?? null } };
  },
};

const pattern: Codec<OwnPattern> = {
  encode: ({ id, name }) => `${id}~${name}`,
  decode(text): Decoded<OwnPattern> {
    const [id = '', name = '', ...more] = text.split('~');
    return isOwnPattern(id) && named(name) && more.length === 0
      ? { value: { id, name } }
      : { refused: 'is not an identity and a name' };
  },
};

const once = <T extends { readonly id: string }>(codec: Codec<readonly T[]>): Codec<readonly T[]> => ({
  encode: codec.encode,
  decode(text) {
    const decoded = codec.decode(text);
    const repeated =
      'value' in decoded && new Set(decoded.value.map(({ id }) => id)).size < decoded.value.length;
    return repeated ? { refused: 'names one of them twice' } : decoded;
  },
});

const own = fieldsOf<OwnInputs>();

/** What the link carries of what a user brought. */
export const OWN_FIELDS: readonly LinkField<OwnInputs>[] = [
  own('own', 'own crystals', 'crystals', once(list(crystal, ',', 0, OWN_LIMITS.entries))),
  own('pat', 'measured patterns', 'patterns', once(list(pattern, ',', 0, OWN_LIMITS.entries))),
];
