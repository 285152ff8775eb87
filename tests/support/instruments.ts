import { type Instrument, PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';

/** The paper's widths on a coarse grid to 60°: the same physics at a thirtieth of the work. */
export const COARSE: Instrument = { ...PAPER_INSTRUMENT, twoThetaMax: 60, step: 0.1 };
