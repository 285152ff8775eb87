import { type Codec, type Decoded, distinct, list } from '../core/codecs.ts';
import { setting, type ValuesOf } from '../core/settings.ts';
import { isOwnCrystal, isOwnPattern } from './sourceIds.ts';

export interface OwnCrystal {
  /** "own-" and eight letters or digits made from its content. */
  readonly id: string;
  readonly name: string;
  /** The structure as a link carries it; null where it is too large for one and is kept on this device alone. */
  readonly data: string | null;
}

export interface OwnPattern {
  /** "xrd-" and eight letters or digits. Its points are kept on this device and in project files. */
  readonly id: string;
  readonly name: string;
}

export const OWN_LIMITS = {
  /** Of each kind. */
  entries: 12,
  name: 60,
  /** Characters of one crystal in a link, and of all of them: browsers and mail keep addresses of this length whole. */
  data: 4000,
  allData: 12_000,
} as const;

/** A name that can stand in a link: letters, digits, spaces and a few signs. */
export const ownName = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N} ._+-]/gu, ' ')
    .replaceAll(/ +/g, ' ')
    .trim()
    .slice(0, OWN_LIMITS.name) || 'unnamed';

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

const { entries } = OWN_LIMITS;
const idOf = ({ id }: { readonly id: string }): string => id;

/** Files that a user brought, as far as the inputs name them. The crystals and patterns themselves are on the shelf. */
export const OWN = {
  crystals: setting('own', 'own crystals', [], distinct(list(crystal, ',', 0, entries), idOf)),
  patterns: setting('pat', 'measured patterns', [], distinct(list(pattern, ',', 0, entries), idOf)),
};

export type OwnInputs = ValuesOf<typeof OWN>;

declare module '../core/inputs.ts' {
  interface Inputs {
    readonly own: OwnInputs;
  }
}
