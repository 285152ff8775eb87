/** A number of the row that a parameter moves, by so much a unit of it. */
export interface Move {
  /** Place in the row of `Slots`. */
  readonly slot: number;
  readonly factor: number;
}

/** A parameter beyond the cell as a search and an engine see it: a straight line through the row of slots. Plain data. */
export interface MovedParameter {
  /** In links: "x.O1" (with its symmetric mates), "x.7" (atom 7 alone, from 0), "B", "B.O", "occ.O1", "zero", "march". */
  readonly id: string;
  /** Its value in the model as given, which the slot of the first move has too. */
  readonly value: number;
  /** What moves with it; the first with factor 1. */
  readonly moves: readonly Move[];
  /** Length after which the pattern repeats itself: 1 for a coordinate; null where it does not. */
  readonly period: number | null;
}

/** True for a coordinate, alone or with its mates: nothing else repeats itself. */
export const isCoordinate = ({ period }: Pick<MovedParameter, 'period'>): boolean => period !== null;

/** A cell, and the values of the other parameters that a problem moves [6 + m]. */
export type Point = readonly number[];

/** The numbers of a point beyond the cell made symmetric, one row each: Σ weights · numbers + offset. Plain data. */
export type Symmetriser = readonly {
  readonly from: readonly number[];
  readonly weights: readonly number[];
  readonly offset: number;
}[];

export type ParameterGroup = 'cell' | 'site' | 'atom' | 'thermal' | 'occupancy' | 'measurement';

/** A parameter with all that a chooser shows of it. */
export interface ModelParameter extends MovedParameter {
  readonly group: ParameterGroup;
  /** Name as the field writes it, what is italic between asterisks: "*x* of O1". */
  readonly name: string;
  /** What moves with it, one line. */
  readonly note: string;
  readonly unit: '' | 'Å' | '°' | 'Å²';
  /** Usual range of a map. */
  readonly range: readonly [number, number];
  /** Between what a range may lie. */
  readonly limits: readonly [number, number];
  /** Step of its field, and the decimals that are shown. */
  readonly step: number;
  readonly digits: number;
}
