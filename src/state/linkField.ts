import type { Codec, Decoded } from './linkCodecs.ts';

/** One setting in the link, of a group of settings T. */
export interface LinkField<T> {
  /** As it stands in the link: short, unique over all groups. */
  readonly key: string;
  /** As a message names it. */
  readonly label: string;
  encode(group: T): string;
  apply(group: T, text: string): Decoded<T>;
}

/** Fields of a group: `fieldsOf<ViewInputs>()('heat', 'heat', 'heat', flag)`. */
export const fieldsOf =
  <T extends object>() =>
  <K extends keyof T>(key: string, label: string, name: K, codec: Codec<T[K]>): LinkField<T> => ({
    key,
    label,
    encode: group => codec.encode(group[name]),
    apply(group, text) {
      const decoded = codec.decode(text);
      return 'refused' in decoded ? decoded : { value: { ...group, [name]: decoded.value } };
    },
  });

/** The fields of the group `name` as fields of the whole. */
export const lift = <T extends object, K extends keyof T>(
  name: K,
  fields: readonly LinkField<T[K]>[],
): LinkField<T>[] =>
  fields.map(({ key, label, encode, apply }) => ({
    key,
    label,
    encode: whole => encode(whole[name]),
    apply(whole, text) {
      const decoded = apply(whole[name], text);
      return 'refused' in decoded ? decoded : { value: { ...whole, [name]: decoded.value } };
    },
  }));
