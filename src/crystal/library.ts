import type { FamilyId } from './family.ts';

/** A built-in crystal. The structure itself is a CIF file in public/structures/, read like any other when the page is built. */
export interface LibraryEntry {
  readonly id: string;
  /** A name besides the formula, such as a mineral's. */
  readonly name?: string;
  readonly formula: string;
  readonly spaceGroup: string;
  readonly number: number;
  readonly family: FamilyId;
  /** The CIF, and what is read from it, below structures/. */
  readonly file: string;
  readonly json: string;
  /** Why it is here. */
  readonly role: string;
}

const named = (where: string): string => `named in the paper (${where})`;
const stands = (group: string): string =>
  `stands for the paper's ${group} structure, whose formula its text does not give`;

/** The ten structures, in the order of the paper's list of space groups. */
export const LIBRARY: readonly LibraryEntry[] = [
  ['U2Ti', 'U2Ti', 'P6/mmm', 191, 'hexagonal', named('Fig. 2, Fig. 6, Fig. S2')],
  ['Au2S', 'Au2S', 'Pn-3m', 224, 'cubic', named('Fig. 3a, Fig. S4')],
  ['BPO4', 'BPO4', 'I-4', 82, 'tetragonal', named('Fig. S3')],
  ['Na3MnCoNiO6', 'Na3MnCoNiO6', 'Cm', 8, 'monoclinic', named('Fig. 3b, Fig. 5, Fig. S4')],
  ['NdAl8Cu4', 'NdAl8Cu4', 'I4/mmm', 139, 'tetragonal', named('Fig. S4')],
  ['LiMnIr2', 'LiMnIr2', 'Fm-3m', 225, 'cubic', stands('Fm-3m')],
  ['Ga2O3', 'Ga2O3', 'C2/m', 12, 'monoclinic', stands('C2/m')],
  ['MoS2', 'MoS2', 'P6_3/mmc', 194, 'hexagonal', stands('P6_3/mmc')],
  ['SrTiO3', 'SrTiO3', 'Pm-3m', 221, 'cubic', stands('Pm-3m')],
  ['VNi2S3', 'VNi2S3', 'Pm', 6, 'monoclinic', stands('Pm')],
].map(
  ([id, formula, spaceGroup, number, family, role]) =>
    ({
      id,
      formula,
      spaceGroup,
      number,
      family,
      role,
      file: `${id}.cif`,
      json: `${id}.json`,
    }) as LibraryEntry,
);
