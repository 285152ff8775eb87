/** What a user brought, as far as the inputs name it. The crystals and patterns themselves are on the shelf. */

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

export interface OwnInputs {
  readonly crystals: readonly OwnCrystal[];
  readonly patterns: readonly OwnPattern[];
}

export const OWN_LIMITS = {
  /** Of each kind. */
  entries: 12,
  name: 60,
  /** Characters of one crystal in a link, and of all of them: browsers and mail keep addresses of this length whole. */
  data: 4000,
  allData: 12_000,
} as const;

export const DEFAULT_OWN: OwnInputs = { crystals: [], patterns: [] };

/** A name that can stand in a link: letters, digits, spaces and a few signs. */
export const ownName = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N} ._+-]/gu, ' ')
    .replaceAll(/ +/g, ' ')
    .trim()
    .slice(0, OWN_LIMITS.name) || 'unnamed';
