import { CELL_KEYS, cellIndex } from '../crystal/cell.ts';
import { FAMILIES } from '../crystal/family.ts';
import { type Instrument, instrumentProblem } from '../diffraction/instrument.ts';
import { LOSSES } from '../losses/registry.ts';
import { PROJECTOR_READINGS } from '../optimise/modes.ts';
import { COMPARE_FIELDS } from './compare/compareFields.ts';
import { CONTROL_GROUPS } from './controlGroups.ts';
import { ENERGY_FIELDS } from './energy/energyFields.ts';
import { GALLERY_FIELDS } from './gallery/galleryFields.ts';
import {
  ALL_MODES,
  DEFAULT_INPUTS,
  type DescentInputs,
  type Inputs,
  LIMITS,
  type SliceInputs,
  type ViewInputs,
} from './inputs.ts';
import { INSIGHT_FIELDS } from './insight/insightFields.ts';
import {
  distinct,
  flag,
  focus,
  list,
  number,
  oneOf,
  optional,
  orAbsent,
  range,
  start,
  strain,
} from './linkCodecs.ts';
import { fieldsOf, type LinkField, lift } from './linkField.ts';
import { MEASURED_FIELDS } from './measured/measuredFields.ts';
import { OWN_FIELDS } from './own/ownFields.ts';
import { crystalId, isOwnCrystal, isOwnPattern } from './own/sourceIds.ts';
import { PAGE_IDS } from './pages.ts';
import { PHASES_FIELDS } from './phases/phasesFields.ts';
import { STUDY_FIELDS } from './study/studyFields.ts';

/**
 * The link: one table of fields drives writing and reading. Values equal to their default are left out; every value
 * read is checked, and a refused one is named in a message while the default takes its place.
 */
export const LINK_VERSION = 1;

type Field = LinkField<Inputs>;

const top = fieldsOf<Inputs>();
const slice = fieldsOf<SliceInputs>();
const instrument = fieldsOf<Instrument>();
const descent = fieldsOf<DescentInputs>();
const view = fieldsOf<ViewInputs>();

/** Every setting a link carries. A page with settings of its own adds one lifted list. */
export const FIELDS: readonly Field[] = [
  top('p', 'page', 'page', oneOf(PAGE_IDS)),
  top('s', 'structure', 'structureId', crystalId),
  ...lift<Inputs, 'own'>('own', OWN_FIELDS),
  ...lift<Inputs, 'measured'>('measured', MEASURED_FIELDS),
  ...lift<Inputs, 'slice'>('slice', [
    slice('x', 'horizontal parameter', 'x', oneOf(CELL_KEYS)),
    slice('y', 'vertical parameter', 'y', oneOf(CELL_KEYS)),
    slice('xr', 'horizontal range', 'xRange', optional(range(0.1, 1000))),
    slice('yr', 'vertical range', 'yRange', optional(range(0.1, 1000))),
    slice('n', 'resolution', 'resolution', number(LIMITS.resolution[0], LIMITS.resolution[1], true)),
    slice('tie', 'tied parameters', 'tied', flag),
  ]),
  top('loss', 'loss', 'loss', oneOf(LOSSES.map(entry => entry.id))),
  top('lw', 'width of the loss', 'lossWidth', number(...LIMITS.lossWidth)),
  ...lift<Inputs, 'instrument'>('instrument', [
    instrument('wl', 'wavelength', 'wavelength', number(0.1, 10)),
    instrument('tt0', 'two-theta start', 'twoThetaMin', number(0, 169)),
    instrument('tt1', 'two-theta end', 'twoThetaMax', number(1, 170)),
    instrument('step', 'two-theta step', 'step', number(0.001, 0.1)),
    instrument('margin', 'margin', 'margin', number(0, 10)),
    instrument('U', 'Caglioti U', 'u', number(-100, 100)),
    instrument('V', 'Caglioti V', 'v', number(-100, 100)),
    instrument('W', 'Caglioti W', 'w', number(0, 100)),
    instrument('eta', 'Gaussian share η', 'eta', number(0, 1)),
    instrument('wl2', 'second wavelength', 'secondWavelength', orAbsent(number(0.1, 10))),
    instrument('r2', 'intensity of the second line', 'secondRatio', orAbsent(number(1e-6, 1))),
    instrument('hmax', 'largest index', 'maxIndex', orAbsent(number(1, 1000, true))),
  ]),
  ...lift<Inputs, 'descent'>('descent', [
    descent('space', 'descent space', 'space', oneOf(['slice', 'full'])),
    descent('proj', 'reading of the projector', 'reading', oneOf(PROJECTOR_READINGS)),
    descent('fam', 'crystal family', 'family', optional(oneOf(FAMILIES.map(entry => entry.id)))),
    descent('lr', 'learning rate', 'learningRate', number(...LIMITS.learningRate)),
    descent('it', 'iterations', 'maxIterations', number(...LIMITS.maxIterations, true)),
    descent('gain', 'least gain', 'stopGain', number(...LIMITS.stopGain)),
    descent('mom', 'momentum', 'momentum', number(...LIMITS.momentum)),
    descent('jit', 'jitter', 'jitter', number(...LIMITS.jitter)),
    descent('modes', 'descents', 'modes', distinct(list(oneOf(ALL_MODES), ',', 1, 3))),
  ]),
  top('at', 'starts', 'starts', list(start, ',', 0, LIMITS.starts)),
  top('focus', 'current crystal', 'focus', focus),
  ...lift<Inputs, 'view'>('view', [
    view('heat', 'heat', 'heat', flag),
    view('relief', 'relief', 'relief', flag),
    view('lines', 'isolines', 'lines', flag),
    view('minima', 'minima', 'minima', flag),
    view('sym', 'symmetry lines', 'symmetry', flag),
    view('map', 'colour map', 'colourMap', oneOf(['viridis', 'cividis'])),
    view('cr', 'colour range', 'colourRange', optional(range(-1e12, 1e12))),
    view('ax', 'pattern axis', 'axis', oneOf(['twoTheta', 'q', 'd'])),
    view('int', 'intensity scale', 'intensity', oneOf(['linear', 'sqrt', 'log'])),
    view('style', 'pattern style', 'style', oneOf(['profile', 'sticks'])),
    view('zoom', 'pattern zoom', 'zoom', optional(range(0, 180))),
    view('persp', 'projection', 'projection', oneOf(['orthographic', 'perspective'])),
    view('super', 'supercell', 'supercell', number(1, 3, true)),
    view('bonds', 'bonds', 'bonds', flag),
    view('ghost', 'ghost', 'ghost', flag),
    view('strain', 'strain factor', 'strain', strain),
  ]),
  ...lift<Inputs, 'insight'>('insight', INSIGHT_FIELDS),
  ...lift<Inputs, 'study'>('study', STUDY_FIELDS),
  top('engine', 'engine', 'engine', oneOf(['auto', 'webgl', 'worker'])),
  ...lift<Inputs, 'compare'>('compare', COMPARE_FIELDS),
  ...lift<Inputs, 'energy'>('energy', ENERGY_FIELDS),
  ...lift<Inputs, 'phases'>('phases', PHASES_FIELDS),
  top(
    'hide',
    'list of hidden controls',
    'hide',
    distinct(list(oneOf(CONTROL_GROUPS.map(group => group.id)), ',', 0, CONTROL_GROUPS.length)),
  ),
  top('embed', 'embedding', 'embed', flag),
  ...lift<Inputs, 'gallery'>('gallery', GALLERY_FIELDS),
];

/** The fragment without "#", e.g. "v=1&s=Au2S&x=a&y=b"; empty when everything is at its default. */
export function linkOf(inputs: Inputs): string {
  const parts = FIELDS.filter(entry => entry.encode(inputs) !== entry.encode(DEFAULT_INPUTS)).map(
    entry => `${entry.key}=${encodeURIComponent(entry.encode(inputs)).replaceAll('%2C', ',')}`,
  );
  return parts.length ? [`v=${LINK_VERSION}`, ...parts].join('&') : '';
}

export interface ReadLink {
  readonly inputs: Inputs;
  /** One sentence for each value that was refused. */
  readonly refused: readonly string[];
}

/** Longest value quoted back in a message. */
const quote = (text: string): string => `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;

/** Reads a fragment (with or without "#"). Never throws. */
export function readLink(fragment: string): ReadLink {
  const text = fragment.replace(/^#/, '');
  if (text === '') return { inputs: DEFAULT_INPUTS, refused: [] };
  const refused: string[] = [];
  let inputs = DEFAULT_INPUTS;
  const values = new URLSearchParams(text);
  const version = values.get('v');
  if (version !== String(LINK_VERSION)) {
    const found = version === null ? 'has no version' : `has version ${quote(version)}`;
    return { inputs, refused: [`The link ${found}; this Braggscape reads version ${LINK_VERSION}.`] };
  }
  for (const [key, value] of values) {
    if (key === 'v') continue;
    const entry = FIELDS.find(candidate => candidate.key === key);
    const applied = entry ? entry.apply(inputs, value) : { refused: 'is not a setting of Braggscape' };
    if ('value' in applied) inputs = applied.value;
    else if (entry) refused.push(`The link's ${entry.label} ${quote(value)} ${applied.refused}.`);
    else refused.push(`${quote(key)} in the link ${applied.refused}.`);
  }
  return consistent(inputs, refused);
}

/** Settings that are fine alone but not together fall back to their defaults, with the reason. */
function consistent(inputs: Inputs, refused: string[]): ReadLink {
  let checked = inputs;
  if (checked.slice.x === checked.slice.y) {
    refused.push(
      `The link asks for a slice over ${checked.slice.x} and ${checked.slice.y}; two different parameters are needed.`,
    );
    checked = { ...checked, slice: DEFAULT_INPUTS.slice };
  }
  // A start of six parameters is written without its projection, which the axes decide.
  if (checked.starts.some(entry => entry.cell)) {
    const { x, y } = checked.slice;
    const starts = checked.starts.map(entry =>
      entry.cell ? { ...entry, x: entry.cell[cellIndex(x)]!, y: entry.cell[cellIndex(y)]! } : entry,
    );
    checked = { ...checked, starts };
  }
  const problem = instrumentProblem(checked.instrument);
  if (problem) {
    refused.push(`The link's instrument is refused: ${problem}.`);
    checked = { ...checked, instrument: DEFAULT_INPUTS.instrument };
  }
  checked = withKnownSources(checked, refused);
  if (checked.focus.kind === 'step' && checked.focus.start >= checked.starts.length)
    checked = { ...checked, focus: DEFAULT_INPUTS.focus };
  return { inputs: checked, refused };
}

/** Own crystals and patterns that are used must be among those that the link brings. */
function withKnownSources(inputs: Inputs, refused: string[]): Inputs {
  const there = new Set([...inputs.own.crystals, ...inputs.own.patterns].map(({ id }) => id));
  const missing = (id: string): boolean => (isOwnCrystal(id) || isOwnPattern(id)) && !there.has(id);
  let checked = inputs;
  if (missing(checked.structureId)) {
    refused.push(`The link shows the crystal ${quote(checked.structureId)} but does not bring it.`);
    checked = { ...checked, structureId: DEFAULT_INPUTS.structureId };
  }
  if (checked.measured.id !== null && missing(checked.measured.id)) {
    refused.push(`The link shows the pattern ${quote(checked.measured.id)} but does not bring it.`);
    checked = { ...checked, measured: DEFAULT_INPUTS.measured };
  }
  const entries = checked.compare.entries.filter(({ source }) => !missing(source));
  if (entries.length < checked.compare.entries.length) {
    refused.push('The link compares own crystals or patterns that it does not bring; they are left out.');
    checked = { ...checked, compare: { ...checked.compare, entries } };
  }
  return checked;
}
