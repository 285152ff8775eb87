import { type Codec, flag, optional, range, whole, worded } from '../core/codecs.ts';
import { choice, setting, type ValuesOf } from '../core/settings.ts';

const strain: Codec<1 | 5> = {
  encode: String,
  decode: text =>
    text === '1' || text === '5' ? { value: text === '1' ? 1 : 5 } : { refused: 'is neither 1 nor 5' },
};

/** Settings of the panes: what the map, the pattern and the cell show. */
export const VIEW = {
  heat: setting('heat', 'heat', true, flag),
  relief: setting('relief', 'relief', true, flag),
  lines: setting('lines', 'isolines', true, flag),
  minima: setting('minima', 'minima', true, flag),
  symmetry: setting('sym', 'symmetry lines', true, flag),
  colourMap: choice('map', 'colour map', 'viridis', 'Colour map', {
    viridis: 'Viridis',
    cividis: 'Cividis',
  }),
  /** Null: the range of the map. */
  colourRange: setting('cr', 'colour range', null, optional(range(-1e12, 1e12))),
  axis: choice('ax', 'pattern axis', 'twoTheta', 'Axis', {
    twoTheta: ['2θ', 'Scattering angle 2θ'],
    q: ['*Q*', 'Q = 4π sinθ/λ'],
    d: ['*d*', 'Spacing d, logarithmic: equal strains are equal lengths'],
  }),
  intensity: choice('int', 'intensity scale', 'linear', 'Intensity', {
    linear: ['lin', 'Linear intensity'],
    sqrt: ['√', 'Square root of intensity'],
    log: ['log', 'Logarithmic intensity'],
  }),
  style: choice('style', 'pattern style', 'profile', 'Peaks as', {
    profile: ['profile', 'Profiles'],
    sticks: ['sticks', 'Sticks'],
  }),
  ranked: setting('rank', 'reflections that drive the gradient', false, flag),
  /** Two-theta degrees; null: the whole window. */
  zoom: setting('zoom', 'pattern zoom', null, optional(range(0, 180))),
  projection: choice('persp', 'projection', 'orthographic', 'Projection', {
    orthographic: ['Parallel', 'Parallel (orthographic)'],
    perspective: ['Perspective', 'Perspective'],
  }),
  supercell: setting(
    'super',
    'supercell',
    1,
    worded(whole(1, 3), {
      1: ['1³', 'One cell'],
      2: ['2³', '2 × 2 × 2 cells'],
      3: ['3³', '3 × 3 × 3 cells'],
    }),
    { name: 'Cells along each axis' },
  ),
  bonds: setting('bonds', 'bonds', true, flag, { name: 'Bonds' }),
  ghost: setting('ghost', 'ghost', true, flag, { name: 'True cell, dashed' }),
  strain: setting(
    'strain',
    'strain factor',
    1,
    worded(strain, {
      1: ['×1', 'Strain as computed'],
      5: ['×5', 'Strain drawn five times as large'],
    }),
    { name: 'Strain exaggeration' },
  ),
};

export type ViewInputs = ValuesOf<typeof VIEW>;
