import { type Codec, oneOf, optional, whole } from './codecs.ts';
import { setting } from './settings.ts';

/** Guided tours in the order in which they are offered. Links name them. */
export const TOUR_IDS = ['pattern', 'pits', 'symmetry', 'descent', 'phases'] as const;
export type TourId = (typeof TOUR_IDS)[number];

/** Most steps of a tour; its question comes after them. */
export const MOST_STEPS = 7;

export interface TourPlace {
  readonly id: TourId;
  /** From 1; one more than the tour has is its question. */
  readonly step: number;
}

const tourId = oneOf(TOUR_IDS);
const tourStep = whole(1, MOST_STEPS + 1);

/** "pits~2". */
const tourPlace: Codec<TourPlace> = {
  encode: ({ id, step }) => `${id}~${step}`,
  decode(text) {
    const [name = '', number = '1', ...rest] = text.split('~');
    const [id, step] = [tourId.decode(name), tourStep.decode(number)];
    if ('refused' in id) return id;
    if ('refused' in step || rest.length > 0) return { refused: 'is not a tour with a step, such as pits~2' };
    return { value: { id: id.value, step: step.value } };
  },
};

export const TOUR = { tour: setting('tour', 'guided tour', null, optional(tourPlace)) };

declare module './inputs.ts' {
  interface Inputs {
    /** The tour that is followed, and where it stands. */
    readonly tour: TourPlace | null;
  }
}
