import type { Cell } from '../../crystal/cell.ts';
import type { Site } from '../../crystal/structure.ts';
import { binCount, type Instrument, spectralLines } from '../../diffraction/instrument.ts';
import { expectedReflections, limitingSphere, MOST_REFLECTIONS } from '../../diffraction/reflections.ts';
import type { DeviceSpeed } from '../../engine/devicePace.ts';
import { pagePool } from '../../engine/pool.ts';

/** The crystal as far as its patterns cost. */
export interface Crystal {
  readonly cell: Cell;
  readonly sites: readonly Site[];
}

/** Reflections in the limiting sphere, one of each Friedel pair. */
export const reflectionCount = ({ cell }: Pick<Crystal, 'cell'>, instrument: Instrument): number =>
  expectedReflections(cell, limitingSphere(instrument));

export interface Cost {
  readonly atoms: number;
  readonly reflections: number;
  /** Until the first pattern is there, ms; infinite where no memory holds its reflections. */
  readonly first: number;
}

/** The list is drawn up for cells 1.3 times as long, the pattern for this one. */
const STRETCH = 1.3 ** 3;

export function costOf(crystal: Crystal, instrument: Instrument, pace: DeviceSpeed): Cost {
  const reflections = reflectionCount(crystal, instrument);
  const atoms = crystal.sites.length;
  const profiles = reflections * spectralLines(instrument).length;
  const first = STRETCH * reflections * atoms * pace.term + profiles * binCount(instrument) * pace.bin;
  return {
    atoms,
    reflections: Math.round(reflections),
    first: STRETCH * reflections > MOST_REFLECTIONS ? Number.POSITIVE_INFINITY : first,
  };
}

/** A wait that asks nothing, ms. */
export const BEARABLE = 4000;
/** A wait of the page itself, ms: less than a frame more than it takes to draw. */
const AT_ONCE = 25;

/** A laptop, and a device ten times slower. */
const USUAL: DeviceSpeed = { term: 1e-4, bin: 2e-6 };
const SLOW: DeviceSpeed = { term: 1e-3, bin: 2e-5 };

/** True where a pattern is there before the next frame: the page computes it itself. */
export const isQuick = (crystal: Crystal, instrument: Instrument): boolean =>
  costOf(crystal, instrument, USUAL).first < AT_ONCE;

/** True where any device affords it, so that none need be timed. */
export const isCheap = (crystal: Crystal, instrument: Instrument): boolean =>
  costOf(crystal, instrument, SLOW).first < BEARABLE;

let pace = USUAL;
let timed: Promise<DeviceSpeed> | null = null;

/** Times this device, once, in a thread; it is taken for a laptop where that fails. */
const devicePace = (): Promise<DeviceSpeed> =>
  (timed ??= (async () => {
    try {
      pace = await pagePool().call('evaluate', 'pace', null, null);
    } catch {}
    return pace;
  })());

/** Waits that the user has accepted in place of `BEARABLE`, by the identity of a crystal, ms. */
const accepted = new Map<string, number>();
export const acceptCost = (id: string, ms: number): void => void accepted.set(id, ms);
const limitOf = (id: string | null): number => Math.max(BEARABLE, (id && accepted.get(id)) || 0);

/** Costs of a crystal on this device, with what would make it bearable where it is not. */
export interface Estimate {
  readonly cost: Cost;
  readonly bearable: boolean;
  /** The largest 2θ, whole degrees, that keeps the wait bearable; null where none does. */
  readonly end: number | null;
  /** The shortest wavelength that does, angstrom. */
  readonly wavelength: number | null;
}

/** @param id of a crystal for which a longer wait may have been accepted */
export async function estimate(
  crystal: Crystal,
  instrument: Instrument,
  id: string | null = null,
): Promise<Estimate> {
  const speed = isCheap(crystal, instrument) ? pace : await devicePace();
  const first = (change: Partial<Instrument>): number =>
    costOf(crystal, { ...instrument, ...change }, speed).first;
  const cost = costOf(crystal, instrument, speed);
  if (cost.first <= limitOf(id)) return { cost, bearable: true, end: null, wavelength: null };
  let end = Math.floor(instrument.twoThetaMax) - 1;
  while (end >= instrument.twoThetaMin + 5 && first({ twoThetaMax: end }) > BEARABLE) end--;
  let wavelength = instrument.wavelength;
  while (wavelength < 10 && first({ wavelength, secondWavelength: undefined }) > BEARABLE) wavelength *= 1.05;
  return {
    cost,
    bearable: false,
    end: end >= instrument.twoThetaMin + 5 ? end : null,
    wavelength: wavelength < 10 ? Number(wavelength.toFixed(2)) : null,
  };
}

/** Count with a narrow space between thousands, to two digits. */
const about = (count: number): string =>
  String(Number(count.toPrecision(2))).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');

/** "About 960 000 reflections of 3 atoms: 17 s for the first pattern on this device". */
export function costSentence({ reflections, atoms, first }: Cost): string {
  const wait = Number.isFinite(first)
    ? `${Math.round(first / 1000)} s for the first pattern on this device, and as much for every point of the map`
    : 'more than fits into memory';
  return `About ${about(reflections)} reflections of ${about(atoms)} ${atoms === 1 ? 'atom' : 'atoms'}: ${wait}.`;
}

/** Other cells of a crystal may take so much longer than the true one: those of a map are up to a third larger. */
const ROOM = 2;

/** Why a cell of a crystal is left out; null where its pattern is bearable. */
export function tooDear(crystal: Crystal, instrument: Instrument, id: string | null): string | null {
  const cost = costOf(crystal, instrument, pace);
  return cost.first <= ROOM * limitOf(id) ? null : costSentence(cost);
}
