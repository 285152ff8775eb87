import type { Structure } from '../../src/crystal/structure.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { libraryStructure } from '../support/library.ts';

const mixed: Structure = {
  name: 'mixed\n"quoted"',
  formula: 'Fe0.7Ni0.3O',
  cell: [4.1, 5.2, 6.3, 88, 101, 95],
  sites: [
    { label: 'Fe1', element: 'Fe', fract: [0.1, 0.2, 0.3], occupancy: 0.7 },
    { label: 'Ni1', element: 'Ni', fract: [0.1, 0.2, 0.3], occupancy: 0.3 },
    { label: 'O1', element: 'O', fract: [0.6, 0.55, 0.81], occupancy: 1 },
  ],
  spaceGroup: { symbol: 'P 1', number: 1 },
  family: 'triclinic',
  source: 'made by hand',
};

/** Crystals and instruments whose scripts were run by Python. */
export const SCRIPT_CASES = [
  { structure: libraryStructure('SrTiO3'), instrument: PAPER_INSTRUMENT },
  {
    structure: mixed,
    instrument: {
      ...PAPER_INSTRUMENT,
      wavelength: 0.7093,
      twoThetaMin: 5,
      twoThetaMax: 45,
      step: 0.02,
      margin: 2,
      maxIndex: 6,
    },
  },
] as const;
