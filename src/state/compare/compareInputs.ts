/** How several patterns share one picture. */
export const ARRANGEMENTS = ['overlay', 'offset', 'waterfall', 'mirror'] as const;
export type Arrangement = (typeof ARRANGEMENTS)[number];

/** Which lengths of a cell a strain stretches. */
export const STRAINED = ['all', 'a', 'b', 'c'] as const;
export type Strained = (typeof STRAINED)[number];

/** One pattern of the comparison. */
export interface CompareEntry {
  /** Identity of a built-in crystal, an own crystal or a measured pattern. */
  readonly source: string;
  /** Per cent by which the cell is longer than the crystal's own. */
  readonly strain: number;
  readonly strained: Strained;
  /** Angstrom; null: the instrument's. */
  readonly wavelength: number | null;
  /** Peak widths are this many times the instrument's. */
  readonly width: number;
  /** The drawn height is this many times that of a pattern whose highest point is 100. */
  readonly scale: number;
  /** Index into the colours of the page. */
  readonly colour: number;
  readonly visible: boolean;
}

export interface CompareInputs {
  readonly entries: readonly CompareEntry[];
  readonly arrangement: Arrangement;
  /** Distance of one base line from the next as a share of the height of a pattern. */
  readonly spread: number;
  /** Indices of the two that are subtracted and mirrored. */
  readonly pair: readonly [number, number];
  readonly difference: boolean;
  /** Two-theta degrees; null: everything. */
  readonly zoom: readonly [number, number] | null;
  /** Peaks closer than this match, two-theta degrees at the first pattern's wavelength. */
  readonly tolerance: number;
  /** The axis over which the similarities are computed. */
  readonly over: 'twoTheta' | 'q';
}

export const COMPARE_LIMITS = {
  entries: 12,
  colours: 8,
  strain: [-20, 20],
  width: [0.1, 10],
  scale: [0.01, 100],
  spread: [0, 1.2],
  tolerance: [0.005, 2],
} as const;

export const entryOf = (
  source: string,
  colour: number,
  change: Partial<CompareEntry> = {},
): CompareEntry => ({
  source,
  strain: 0,
  strained: 'all',
  wavelength: null,
  width: 1,
  scale: 1,
  colour,
  visible: true,
  ...change,
});

export const DEFAULT_COMPARE: CompareInputs = {
  entries: ['sc', 'bcc', 'fcc'].map((source, i) => entryOf(source, i)),
  arrangement: 'offset',
  spread: 1,
  pair: [0, 1],
  difference: true,
  zoom: null,
  tolerance: 0.2,
  over: 'twoTheta',
};
