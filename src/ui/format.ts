/** Numbers as people read them: real minus signs, thin spaces, no digit that means nothing. */

const MINUS = '\u2212';
/** Narrow no-break space: before units and between thousands. */
export const THIN = '\u202f';

const grouped = (text: string): string => {
  const [whole = '', rest] = text.split('.');
  const spaced = whole.replace(/\B(?=(\d{3})+(?!\d))/g, THIN);
  return rest === undefined ? spaced : `${spaced}.${rest}`;
};

/** Fixed number of decimals; "–" where there is no number. */
export function formatNumber(value: number, decimals = 3): string {
  if (!Number.isFinite(value)) return '–';
  const text = Math.abs(value).toFixed(decimals);
  const sign = value < 0 && Number(text) !== 0 ? MINUS : '';
  return sign + grouped(text);
}

/** With a sign in front also when positive; a plain 0 when it rounds to nothing. */
export function formatSigned(value: number, decimals = 1): string {
  if (!Number.isFinite(value)) return '–';
  const text = Math.abs(value).toFixed(decimals);
  if (Number(text) === 0) return '0';
  return (value < 0 ? MINUS : '+') + grouped(text);
}

/** A share as per cent. */
export const formatPercent = (share: number, decimals = 1): string =>
  `${formatNumber(100 * share, decimals)}${THIN}%`;

/** Few significant digits, powers of ten where they are shorter: 0.0005, 1e-6 as 10⁻⁶. */
export function formatPlain(value: number): string {
  if (value !== 0 && Math.abs(value) < 1e-4) {
    const [digits = '', exponent = ''] = value.toExponential().split('e');
    return `${digits.replace('-', MINUS)}e${exponent.replace('-', MINUS).replace('+', '')}`;
  }
  return String(Number(value.toPrecision(7))).replace('-', MINUS);
}

/** Two significant digits as a sentence has them: 0.11, and 3.2 · 10⁻⁶ below a thousandth. */
export function formatRate(value: number): string {
  if (Math.abs(value) >= 1e-3) return formatPlain(Number(value.toPrecision(2)));
  const [digits = '', exponent = ''] = value.toExponential(1).split('e');
  return `${digits.replace('-', MINUS)}\u202f·\u202f10${superscript(Number(exponent))}`;
}

/** A whole number as an exponent: ⁻⁶. */
export const superscript = (value: number): string =>
  [...String(value)].map(sign => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)] ?? '⁻').join('');

/** Reads what a person types: decimal comma, real minus, spaces. NaN when it is no number. */
export function typedNumber(text: string): number {
  const plain = text
    .replaceAll(/[\s\u202f\u00a0]/g, '')
    .replaceAll(MINUS, '-')
    .replace(',', '.');
  return plain === '' ? Number.NaN : Number(plain);
}

/** A time for people: "0.4 s", "2 min 5 s". */
export function formatDuration(ms: number): string {
  if (ms < 60_000) return `${formatNumber(ms / 1000, ms < 9_950 ? 1 : 0)}${THIN}s`;
  return `${Math.floor(ms / 60_000)}${THIN}min ${Math.round((ms % 60_000) / 1000)}${THIN}s`;
}
