import type { StrategyId } from '../../optimise/strategy.ts';

/** What the instruments of "why is it rough" and "what would help" are set to. */
export interface InsightInputs {
  /** What the map pane shows. */
  readonly view: MapView;
  /** The region where Bragg's law alone puts every strong peak within one FWHM of its target. */
  readonly ruler: boolean;
  /** Whose catchment is computed and drawn over the map. */
  readonly catchment: CatchmentChoice;
  /** Starts along each axis of the catchment map. */
  readonly catchmentSide: number;
  /** Most steps of each of its descents. */
  readonly catchmentSteps: number;
  /** Factor on every peak width, of target and trial alike; 1 is the instrument's. */
  readonly blur: number;
  /** Ends of the profile line on the slice: x, y, x, y; null: no line. */
  readonly line: readonly [number, number, number, number] | null;
  /** Ways of descending beyond the paper, drawn from the starts beside the plain descent. */
  readonly help: readonly StrategyId[];
  readonly helpMode: 'unconstrained' | 'constrained';
  /** Heavy ball and Nesterov. */
  readonly helpMomentum: number;
  /** Descents of a multi-start. */
  readonly helpStarts: number;
  /** Annealed width: FWHM at 40° that it begins with, degrees. */
  readonly helpWidth: number;
  /** Soft symmetry: pull towards the projection at the end of its schedule, share of the way per step. */
  readonly helpPull: number;
  /** Steps over which the pull grows from nothing. */
  readonly helpPullSteps: number;
  /** Size of the jitter, angstrom and degrees. */
  readonly helpJitter: number;
  /** Seed of jitter, multi-starts and of the starts whose success is counted. */
  readonly seed: number;
}

export type MapView = 'map' | 'wall' | 'surface';
export const MAP_VIEWS: readonly MapView[] = ['map', 'wall', 'surface'];
export type CatchmentChoice = 'off' | 'unconstrained' | 'constrained';
export const CATCHMENT_CHOICES: readonly CatchmentChoice[] = ['off', 'unconstrained', 'constrained'];

export const DEFAULT_INSIGHT: InsightInputs = {
  view: 'map',
  ruler: false,
  catchment: 'off',
  catchmentSide: 21,
  catchmentSteps: 2000,
  blur: 1,
  line: null,
  help: [],
  helpMode: 'unconstrained',
  helpMomentum: 0.9,
  helpStarts: 8,
  helpWidth: 3,
  helpPull: 0.05,
  helpPullSteps: 1000,
  helpJitter: 1e-3,
  seed: 1,
};

export const INSIGHT_LIMITS = {
  catchmentSide: [5, 61],
  catchmentSteps: [10, 30_000],
  blur: [1, 10],
  helpMomentum: [0, 0.999],
  helpStarts: [2, 32],
  helpWidth: [0.1, 10],
  helpPull: [1e-4, 1],
  helpPullSteps: [0, 30_000],
  helpJitter: [1e-6, 0.5],
  seed: [0, 4_294_967_295],
} as const;
