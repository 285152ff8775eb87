import type { MoyoDataset, MoyoHallSymbolEntry, MoyoWyckoffPosition } from '@spglib/moyo-wasm';

/** The part of @spglib/moyo-wasm that is used, handed in: the pure code does not load the wasm. */
export interface Moyo {
  readonly analyze_cell: (cellJson: string, symprec: number, setting: string) => MoyoDataset;
  readonly hall_symbol_entry: (hallNumber: number) => MoyoHallSymbolEntry;
  readonly wyckoff_positions: (hallNumber: number) => MoyoWyckoffPosition[];
}

export type { MoyoDataset } from '@spglib/moyo-wasm';
