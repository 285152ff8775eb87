import type { LibraryEntry } from './library.ts';

const teaching = (
  id: string,
  name: string,
  formula: string,
  spaceGroup: string,
  number: number,
  family: LibraryEntry['family'],
  role: string,
): LibraryEntry & { readonly name: string } => ({
  id,
  name,
  formula,
  spaceGroup,
  number,
  family,
  role,
  file: `teaching/${id}.cif`,
  json: `teaching/${id}.json`,
});

/** Crystals that are here to be compared: read like those of the library, from public/structures/teaching/. */
export const TEACHING = [
  teaching('sc', 'Primitive cubic', 'Cu', 'Pm-3m', 221, 'cubic', 'a model: one atom a lattice point'),
  teaching('bcc', 'Body-centred cubic', 'Cu', 'Im-3m', 229, 'cubic', 'a model: one atom a lattice point'),
  teaching('fcc', 'Face-centred cubic', 'Cu', 'Fm-3m', 225, 'cubic', 'a model: one atom a lattice point'),
  teaching('NaCl', 'Halite', 'NaCl', 'Fm-3m', 225, 'cubic', 'rock salt type'),
  teaching('KCl', 'Sylvite', 'KCl', 'Fm-3m', 225, 'cubic', 'rock salt type with two ions of 18 electrons'),
  teaching('rutile', 'Rutile', 'TiO2', 'P4_2/mnm', 136, 'tetragonal', 'a polymorph of TiO2'),
  teaching('anatase', 'Anatase', 'TiO2', 'I4_1/amd', 141, 'tetragonal', 'a polymorph of TiO2'),
  teaching(
    'cyclotomic',
    'Four of eight',
    'Cu',
    'P4/mmm',
    123,
    'tetragonal',
    'a model: four atoms on eight divisions of c, with a homometric partner',
  ),
] as const;
