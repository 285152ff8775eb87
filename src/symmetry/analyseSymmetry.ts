import { latticeMatrix } from '../crystal/cell.ts';
import { familyInTheseAxes } from '../crystal/cellFamily.ts';
import { type FamilyId, familyOfSpaceGroup } from '../crystal/family.ts';
import { sharedPositions } from '../crystal/sharedPositions.ts';
import type { Site, Structure } from '../crystal/structure.ts';
import { periodicSet } from '../matching/periodicSet.ts';
import type { Moyo, MoyoDataset } from './moyo.ts';

/** Distance within which atoms count as symmetric, in angstrom, where the user sets no other. */
export const DEFAULT_TOLERANCE = 0.01;

/** A set of symmetry-equivalent positions. */
export interface WyckoffSite {
  /** Labels of the species that sit there, the first atom's. */
  readonly label: string;
  /** "Ti", or "Al 0.5, Si 0.5" where species share the position. */
  readonly species: string;
  readonly letter: string;
  /** Positions in the conventional cell. */
  readonly multiplicity: number;
  /** "m-3m". */
  readonly siteSymmetry: string;
  /** Of the first atom, in the cell as given. */
  readonly fract: readonly [number, number, number];
}

export interface SymmetryReport {
  readonly number: number;
  /** Short Hermann–Mauguin symbol with spaces: "P 6_3/m m c". */
  readonly symbol: string;
  readonly hall: string;
  readonly hallNumber: number;
  /** Family of the group, which the projector of the conventional cell has. */
  readonly family: FamilyId;
  /** The family whose projector suits the cell as it is given, and whether that is another one. */
  readonly familyInTheseAxes: FamilyId;
  readonly axesDiffer: boolean;
  readonly pearson: string;
  /** Operations of the cell as it is given, centring translations included. */
  readonly operations: number;
  readonly wyckoff: readonly WyckoffSite[];
  /** Angstrom. */
  readonly tolerance: number;
}

/** A crystal's points as moyo takes them: species sharing a position make one kind. */
export interface MoyoInput {
  readonly json: string;
  /** The species of each kind. */
  readonly kinds: readonly (readonly Site[])[];
  /** The first site of each point. */
  readonly points: readonly Site[];
}

export function moyoInput(structure: Structure): MoyoInput {
  const groups = sharedPositions(structure.sites);
  const { labels } = periodicSet(structure);
  const names = [...new Set(labels)];
  const kinds = names.map(name => groups[labels.indexOf(name)]!.map(i => structure.sites[i]!));
  const m = latticeMatrix(structure.cell);
  return {
    json: JSON.stringify({
      // Lattice vectors one after the other.
      lattice: { basis: [0, 1, 2].flatMap(j => [0, 1, 2].map(i => m[3 * i + j]!)) },
      positions: groups.map(group => structure.sites[group[0]!]!.fract),
      numbers: labels.map(label => names.indexOf(label) + 1),
    }),
    kinds,
    points: groups.map(group => structure.sites[group[0]!]!),
  };
}

/**
 * Runs moyo.
 * @throws Error with a sentence for the user, where the tolerance is no length or moyo finds no symmetry with it
 */
export function datasetOf(moyo: Moyo, input: MoyoInput, tolerance: number): MoyoDataset {
  if (!(tolerance >= 1e-6 && tolerance <= 1))
    throw new Error(`tolerance ${tolerance} Å is outside 0.000001–1 Å`);
  try {
    return moyo.analyze_cell(input.json, tolerance, 'Standard');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `no symmetry could be found with a tolerance of ${tolerance} Å (${reason.slice(0, 80)}): try another tolerance`,
    );
  }
}

/** Space group and Wyckoff sites, to within the tolerance. Throws Error with a sentence, see datasetOf. */
export function analyseSymmetry(
  moyo: Moyo,
  structure: Structure,
  tolerance = DEFAULT_TOLERANCE,
): SymmetryReport {
  const input = moyoInput(structure);
  const data = datasetOf(moyo, input, tolerance);
  const { family, turned } = familyInTheseAxes(data.number, structure.cell);
  return {
    number: data.number,
    symbol: data.hm_symbol,
    hall: moyo.hall_symbol_entry(data.hall_number).hall_symbol,
    hallNumber: data.hall_number,
    family: familyOfSpaceGroup(data.number),
    familyInTheseAxes: family,
    axesDiffer: turned,
    pearson: data.pearson_symbol,
    operations: data.operations.length,
    wyckoff: wyckoffSites(moyo, data, input, structure),
    tolerance,
  };
}

function wyckoffSites(
  moyo: Moyo,
  data: MoyoDataset,
  { points }: MoyoInput,
  structure: Structure,
): WyckoffSite[] {
  const multiplicity = new Map(
    moyo.wyckoff_positions(data.hall_number).map(position => [position.letter, position.multiplicity]),
  );
  const groups = sharedPositions(structure.sites);
  const found: WyckoffSite[] = [];
  for (const [i, point] of points.entries()) {
    if (data.orbits[i] !== i) continue;
    const letter = data.wyckoffs[i]!;
    const species = groups[i]!.map(member => structure.sites[member]!);
    found.push({
      label: species.map(site => site.label).join(', '),
      species:
        species.length === 1 && species[0]!.occupancy === 1
          ? species[0]!.element
          : species.map(site => `${site.element} ${Number(site.occupancy.toFixed(4))}`).join(', '),
      letter,
      multiplicity: multiplicity.get(letter) ?? 0,
      siteSymmetry: data.site_symmetry_symbols[i]!,
      fract: point.fract,
    });
  }
  return found;
}
