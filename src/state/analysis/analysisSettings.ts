import { STRATEGY_IDS } from '../../optimise/strategy.ts';
import { distinct, flag, list, number, oneOf, optional, tuple, whole } from '../core/codecs.ts';
import { choice, setting, type ValuesOf } from '../core/settings.ts';
import { changeSettings } from '../core/undo.ts';

/** The instruments of "why is it rough" and "what would help". */
export const ANALYSIS = {
  /** Picture of the map pane. */
  view: choice(
    'mv',
    'view of the map',
    'map',
    'What the map pane shows',
    {
      map: 'Map',
      wall: ['Wall', 'The same slice under all losses'],
      surface: ['3-D', 'The map as a surface'],
    },
    { row: 'Shown as' },
  ),
  /** The region where Bragg's law alone puts every strong peak within one FWHM of its target. */
  ruler: setting('ruler', 'basin ruler', false, flag, { name: 'Basin ruler and ±10 % box' }),
  /** The descents whose catchment is computed and drawn over the map. */
  catchment: choice('catch', 'catchment map', 'off', 'Catchment of which descents', {
    off: 'Off',
    unconstrained: ['Free', 'Unconstrained descents'],
    constrained: ['Constr.', 'Constrained descents'],
  }),
  catchmentSide: setting('cn', 'starts along an axis', 21, whole(5, 61), {
    name: 'Starts along each axis',
    step: 10,
    steppers: false,
  }),
  catchmentSteps: setting('cs', 'steps of the catchment map', 2000, whole(10, 30_000), {
    name: 'Most steps of a descent',
    step: 500,
    steppers: false,
  }),
  /** Factor on every peak width, of target and trial alike; 1 is the instrument's. */
  blur: setting('blur', 'peak-width factor', 1, number(1, 10), { name: 'Peak-width factor', step: 0.1 }),
  /** Ends of the profile line on the slice: x, y, x, y; null: no line. */
  line: setting(
    'line',
    'profile line',
    null,
    optional(tuple<readonly [number, number, number, number]>(number(-1e4, 1e4), 4)),
  ),
  /** Ways of descending beyond the paper, drawn from the starts beside the plain descent. */
  strategies: setting(
    'help',
    'descents beyond the paper',
    [],
    distinct(list(oneOf(STRATEGY_IDS), ',', 0, STRATEGY_IDS.length)),
  ),
  strategyMode: choice(
    'hmode',
    'setting of the descents beyond the paper',
    'unconstrained',
    'Setting of the descents beyond the paper',
    { unconstrained: 'Unconstrained', constrained: 'Constrained' },
  ),
  /** Of heavy ball and Nesterov. */
  strategyMomentum: setting('hmom', 'momentum beyond the paper', 0.9, number(0, 0.999), {
    row: 'Momentum',
    step: 0.05,
  }),
  strategyStarts: setting('hn', 'descents of a multi-start', 8, whole(2, 32), { row: 'Descents', step: 1 }),
  /** FWHM at 40° that the annealing begins with, degrees. */
  strategyWidth: setting('hw', 'first width of the annealing', 3, number(0.1, 10), {
    row: 'Width at 40° from',
    unit: '°',
    step: 0.5,
  }),
  /** Pull towards the projection at the end of its schedule, share of the way per step. */
  strategyPull: setting('hpull', 'pull of the soft symmetry', 0.05, number(1e-4, 1), {
    row: 'Pull at the end',
    unit: 'a step',
    step: 0.01,
  }),
  /** Steps over which the pull grows from nothing. */
  strategyPullSteps: setting('hps', 'steps of the soft symmetry', 1000, whole(0, 30_000), {
    row: 'Growing over',
    unit: 'steps',
    step: 100,
  }),
  /** Size of the jitter, angstrom and degrees. */
  strategyJitter: setting('hjit', 'jitter', 1e-3, number(1e-6, 0.5), { row: 'Tilt', unit: '°', step: 0.001 }),
  /** Of jitter, multi-starts and the starts whose success is counted. */
  seed: setting('seed', 'seed', 1, whole(0, 4_294_967_295), { name: 'Seed', step: 1, steppers: false }),
};

export type AnalysisInputs = ValuesOf<typeof ANALYSIS>;

declare module '../core/inputs.ts' {
  interface Inputs {
    readonly analysis: AnalysisInputs;
  }
}

/** Changes the settings of the analysis tools. */
export const setAnalysis = (change: Partial<AnalysisInputs>, undoable?: boolean): void =>
  void changeSettings('analysis', change, undoable);

/** True where any of the analysis tools shows something. */
export const analysisUsed = (chosen: AnalysisInputs): boolean =>
  chosen.view !== 'map' || chosen.blur !== 1 || analysisOnMap(chosen);

/** True where one of them draws on the map. */
export const analysisOnMap = ({ ruler, catchment, line, strategies }: AnalysisInputs): boolean =>
  ruler || catchment !== 'off' || line !== null || strategies.length > 0;
