import type { Cell, CellKey } from '../../crystal/cell.ts';
import type { FamilyId } from '../../crystal/family.ts';
import type { Site } from '../../crystal/structure.ts';
import type { Slice } from '../../landscape/slice.ts';

/** Energies over a slice as far as computed, eV per cell [iy * xs.length + ix]. */
export interface EnergyMap {
  readonly sites: readonly Site[];
  readonly slice: Slice;
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly values: Float64Array;
  /** Energy of the true cell; null until computed. */
  readonly atTruth: number | null;
  readonly final: boolean;
  readonly origin: 'computed' | 'precomputed';
}

interface PrecomputedMap {
  readonly structure: string;
  readonly x: CellKey;
  readonly y: CellKey;
  readonly tied: boolean;
  readonly family: FamilyId;
  readonly base: Cell;
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** eV per cell [iy * xs.length + ix]. */
  readonly energy: readonly number[];
  readonly atTruth: number;
}

/** public/energy/maps.json, written by src/headless/energyMaps.ts. */
export interface PrecomputedMaps {
  readonly source: Readonly<
    Record<'model' | 'sha256' | 'commit' | 'command' | 'licence' | 'quantity', string>
  >;
  readonly maps: readonly PrecomputedMap[];
}

/** The stored map of a crystal of the library over a pair at ±10 %; null where there is none. */
export function precomputedMap(
  stored: PrecomputedMaps,
  structure: string,
  sites: readonly Site[],
  slice: Slice,
): EnergyMap | null {
  const found = stored.maps.find(
    map =>
      map.structure === structure &&
      map.x === slice.x &&
      map.y === slice.y &&
      map.tied === slice.tied &&
      map.base.every((value, i) => Math.abs(value - slice.base[i]!) < 1e-6),
  );
  if (!found) return null;
  const [xs, ys] = [Float64Array.from(found.xs), Float64Array.from(found.ys)];
  const map: Slice = {
    ...slice,
    xRange: [xs[0]!, xs.at(-1)!],
    yRange: [ys[0]!, ys.at(-1)!],
    nx: xs.length,
    ny: ys.length,
  };
  return {
    sites,
    slice: map,
    xs,
    ys,
    values: Float64Array.from(found.energy),
    atTruth: found.atTruth,
    final: true,
    origin: 'precomputed',
  };
}
