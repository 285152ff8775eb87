import { type ChoiceCodec, type ChoiceWord, type Codec, type Decodes, oneOf } from './codecs.ts';
import { DEFAULT_INPUTS, type Inputs } from './inputs.ts';

/**
 * The table of settings: one row each. Link, limits, defaults, undo, project file and the rows of the rails are read from
 * it. A page declares its rows in `<page>Settings.ts` and adds their types to `Inputs`; `allSettings.ts` registers them.
 */

/** Look of a setting on a rail. */
export interface Control {
  /** Label of its row; *asterisks* stand around what is italic. */
  readonly row?: string;
  /** Accessible name of the control where it is not that of the row. */
  readonly name?: string;
  readonly unit?: string;
  readonly step?: number;
  readonly decimals?: number;
  readonly steppers?: boolean;
  /** In front of a number, in its box. */
  readonly prefix?: string;
  /** Ends of a slider; numbers typed may go to the limits of the setting. */
  readonly slider?: readonly [number, number];
  /** A slider whose places are in equal ratios. */
  readonly logarithmic?: true;
  /** A choice as a list to open in place of a bar. */
  readonly select?: boolean;
  /** Shown and typed in per cent of what it is. */
  readonly percent?: boolean;
  /** The paper's value, which a rail marks where another is set; of a group after the paper it is the default. */
  readonly paper?: unknown;
  /** Choices in the order of the control where it is not that of the link's sentences. */
  readonly order?: readonly string[];
  /** Subject of the help: "About the jitter of a constrained start". */
  readonly about?: string;
  /** Paragraphs of the help. */
  readonly help?: readonly string[];
}

export interface Setting<C extends Codec<unknown> = Codec<unknown>> extends Control {
  /** As it stands in the link: short, unique over all groups. */
  readonly key: string;
  /** As a message names it. */
  readonly label: string;
  readonly initial: Decodes<C>;
  /** Knows the limits of a number, the choices of a choice and the most entries of a list. */
  readonly codec: C;
}

export const setting = <C extends Codec<unknown>>(
  key: string,
  label: string,
  initial: Decodes<C>,
  codec: C,
  control: Control = {},
): Setting<C> => ({ key, label, initial, codec, ...control });

/** A choice, with the name of its control and what that calls each. */
export const choice = <const T extends string>(
  key: string,
  label: string,
  initial: NoInfer<T>,
  name: string,
  words: Readonly<Record<T, ChoiceWord>>,
  control: Control = {},
): Setting<ChoiceCodec<T>> =>
  setting<ChoiceCodec<T>>(key, label, initial, oneOf(words), { name, ...control });

export type Rows = Readonly<Record<string, Setting>>;

/** The values of a group of settings. */
export type ValuesOf<R> = {
  readonly [K in keyof R]: R[K] extends Setting<infer C> ? Decodes<C> : never;
};

/** Their defaults; what is absent by default is left out. */
export const defaultsOf = <R extends Rows>(rows: R): ValuesOf<R> =>
  Object.fromEntries(
    Object.entries(rows).flatMap(([name, { initial }]) => (initial === undefined ? [] : [[name, initial]])),
  ) as ValuesOf<R>;

/** A setting and where it stands in the inputs. */
export interface Place {
  /** Null: it stands by itself. */
  readonly group: keyof Inputs | null;
  readonly name: string;
  readonly row: Setting;
}

export interface GroupRules<T> {
  /** False where undo never changes it, e.g. the look of the panes. */
  readonly undo?: false;
  /** Why these values do not go together; null when they do. */
  problem?(values: T): string | null;
  /** Other settings that change when one of them does. */
  also?(inputs: Inputs): Inputs;
  /** The defaults are the paper's: a rail marks what differs. */
  readonly paper?: true;
}

/** All settings, in the order in which a link carries them. */
export const SETTINGS: Place[] = [];

const RULES = new Map<keyof Inputs, GroupRules<never>>();

/** Adds a group of settings, or settings that stand by themselves, to the table and to the defaults. */
export function registerSettings<G extends keyof Inputs>(
  group: G | null,
  rows: Rows,
  rules: GroupRules<Inputs[G]> = {},
): void {
  for (const [name, row] of Object.entries(rows)) SETTINGS.push({ group, name, row });
  const values = defaultsOf(rows);
  Object.assign(DEFAULT_INPUTS, group === null ? values : { [group]: values });
  for (const name of group === null ? (Object.keys(rows) as G[]) : [group]) RULES.set(name, rules);
}

export const rulesOf = <G extends keyof Inputs>(group: G): GroupRules<Inputs[G]> => RULES.get(group) ?? {};

/** Inputs, or one group of them, that undo leaves as they are. */
export const neverUndone = (): (keyof Inputs)[] =>
  [...RULES].flatMap(([name, { undo }]) => (undo === false ? [name] : []));

type Values = Readonly<Record<string, unknown>>;

export const valueAt = (inputs: Inputs, { group, name }: Place): unknown =>
  ((group === null ? inputs : inputs[group]) as unknown as Values)[name];

export const withValue = (inputs: Inputs, { group, name }: Place, value: unknown): Inputs =>
  group === null
    ? { ...inputs, [name]: value }
    : { ...inputs, [group]: { ...(inputs[group] as object), [name]: value } };

/** The place of a setting by its names; null as the group where it stands by itself. */
export function placeOf(group: keyof Inputs | null, name: string): Place {
  const place = SETTINGS.find(entry => entry.group === group && entry.name === name);
  if (!place) throw new Error(`There is no setting ${group === null ? '' : `${group}.`}${name}.`);
  return place;
}

/** True where two values of a setting are the same in a link. */
export const sameValue = ({ codec }: Setting, one: unknown, other: unknown): boolean =>
  codec.encode(one) === codec.encode(other);

/** Settings of a group that are not at their default. */
export const differing = (inputs: Inputs, group: keyof Inputs): Place[] =>
  SETTINGS.filter(
    place => place.group === group && !sameValue(place.row, valueAt(inputs, place), place.row.initial),
  );
