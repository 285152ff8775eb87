import { DEFAULT_INPUTS, type Inputs } from './inputs.ts';
import { dismiss, notify } from './notices.ts';
import { SETTINGS, sameValue, valueAt, withValue } from './settings.ts';

/**
 * The link: the table of settings drives writing and reading. Values equal to their default are left out; every value
 * read is checked, and a refused one is named in a message while the default takes its place.
 */
export const LINK_VERSION = 1;

/** The fragment without "#", e.g. "v=1&s=Au2S&x=a&y=b"; empty when everything is at its default. */
export function linkOf(inputs: Inputs): string {
  const parts = SETTINGS.flatMap(place => {
    const { key, codec, initial } = place.row;
    const value = valueAt(inputs, place);
    return sameValue(place.row, value, initial)
      ? []
      : [`${key}=${encodeURIComponent(codec.encode(value)).replaceAll('%2C', ',')}`];
  });
  return parts.length ? [`v=${LINK_VERSION}`, ...parts].join('&') : '';
}

/** Puts settings that are fine alone but not together back to their defaults, and says why. */
export type Check = (inputs: Inputs, refuse: (sentence: string) => void) => Inputs;

const CHECKS: Check[] = [];

/** Adds a check of what a link says, made after the earlier ones. */
export const registerCheck = (check: Check): void => void CHECKS.push(check);

export interface ReadLink {
  readonly inputs: Inputs;
  /** One sentence for each value that was refused. */
  readonly refused: readonly string[];
}

/** Longest value quoted back in a message. */
export const quote = (text: string): string => `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;

/** Reads a fragment (with or without "#"). Never throws. */
export function readLink(fragment: string): ReadLink {
  const text = fragment.replace(/^#/, '');
  if (text === '') return { inputs: DEFAULT_INPUTS, refused: [] };
  const refused: string[] = [];
  let inputs = DEFAULT_INPUTS;
  const values = new URLSearchParams(text);
  const version = values.get('v');
  if (version !== String(LINK_VERSION)) {
    const found = version === null ? 'has no version' : `has version ${quote(version)}`;
    return { inputs, refused: [`The link ${found}; this Braggscape reads version ${LINK_VERSION}.`] };
  }
  for (const [key, value] of values) {
    if (key === 'v') continue;
    const place = SETTINGS.find(({ row }) => row.key === key);
    if (!place) {
      refused.push(`${quote(key)} in the link is not a setting of Braggscape.`);
      continue;
    }
    const decoded = place.row.codec.decode(value);
    if ('value' in decoded) inputs = withValue(inputs, place, decoded.value);
    else refused.push(`The link's ${place.row.label} ${quote(value)} ${decoded.refused}.`);
  }
  return {
    inputs: CHECKS.reduce((checked, check) => check(checked, text => refused.push(text)), inputs),
    refused,
  };
}

/** Refused values that are named; the rest is counted. */
const MOST_NAMED = 4;

/** Warns of what a link could not say; takes an older warning back where all was read. */
export function tellRefused(refused: readonly string[]): void {
  const more = refused.length - MOST_NAMED;
  const rest = more > 0 ? ` The same goes for ${more} more.` : '';
  const text = `${refused.slice(0, MOST_NAMED).join(' ')}${rest} Defaults are used instead.`;
  if (refused.length) notify({ id: 'link', tone: 'warning', text });
  else dismiss('link');
}
