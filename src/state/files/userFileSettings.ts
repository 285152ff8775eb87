import { isUserCrystal, isUserPattern, MOST_USER_FILES } from '../../formats/userIds.ts';
import { type Codec, type Decoded, distinct, list } from '../core/codecs.ts';
import { setting, type ValuesOf } from '../core/settings.ts';

export interface UserCrystal {
  /** "own-" and eight letters or digits made from its content. */
  readonly id: string;
  readonly name: string;
  /** The structure as a link carries it; null where it is too large for one and is kept on this device alone. */
  readonly data: string | null;
}

export interface UserPattern {
  /** "xrd-" and eight letters or digits. Its points are kept on this device and in project files. */
  readonly id: string;
  readonly name: string;
}

export const USER_FILE_LIMITS = {
  /** Of each kind. */
  entries: MOST_USER_FILES,
  name: 60,
  /** Characters of one crystal in a link, and of all of them: browsers and mail keep addresses of this length whole. */
  data: 4000,
  allData: 12_000,
} as const;

/** A name that can stand in a link: letters, digits, spaces and a few signs. */
export const nameForLink = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N} ._+-]/gu, ' ')
    .replaceAll(/ +/g, ' ')
    .trim()
    .slice(0, USER_FILE_LIMITS.name) || 'unnamed';

/** Letters of base64 as addresses allow them. */
const DATA = /^[\w-]*$/;

const named = (text: string): boolean => text !== '' && nameForLink(text) === text;

/** "own-1a2b3c4d~quartz~7VpN…"; without the last part where the crystal is kept on a device. */
const crystal: Codec<UserCrystal> = {
  encode: ({ id, name, data }) => `${id}~${name}${data === null ? '' : `~${data}`}`,
  decode(text): Decoded<UserCrystal> {
    const [id = '', name = '', data, ...more] = text.split('~');
    if (!isUserCrystal(id) || !named(name) || more.length > 0)
      return { refused: 'is not an identity, a name and a structure' };
    if (data !== undefined && !(DATA.test(data) && data.length > 0 && data.length <= USER_FILE_LIMITS.data))
      return { refused: `does not hold a structure of at most ${USER_FILE_LIMITS.data} characters` };
    return { value: { id, name, data: data ?? null } };
  },
};

const pattern: Codec<UserPattern> = {
  encode: ({ id, name }) => `${id}~${name}`,
  decode(text): Decoded<UserPattern> {
    const [id = '', name = '', ...more] = text.split('~');
    return isUserPattern(id) && named(name) && more.length === 0
      ? { value: { id, name } }
      : { refused: 'is not an identity and a name' };
  },
};

const { entries } = USER_FILE_LIMITS;
const idOf = ({ id }: { readonly id: string }): string => id;

/** Files that a user brought, as far as the inputs name them. The crystals and patterns themselves are in memory or on this device. */
export const USER_FILES = {
  crystals: setting('own', 'own crystals', [], distinct(list(crystal, ',', 0, entries), idOf)),
  patterns: setting('pat', 'measured patterns', [], distinct(list(pattern, ',', 0, entries), idOf)),
};

export type UserFileInputs = ValuesOf<typeof USER_FILES>;

declare module '../core/inputs.ts' {
  interface Inputs {
    readonly userFiles: UserFileInputs;
  }
}
