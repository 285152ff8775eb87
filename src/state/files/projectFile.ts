import type { Structure } from '../../crystal/structure.ts';
import { boundedJson, field, type Json } from '../../formats/boundedJson.ts';
import { compactStructure, readCompactStructure } from '../../formats/compactStructure.ts';
import { MOST_POINTS } from '../../formats/limits.ts';
import type { IntensityUnit } from '../../formats/measuredScan.ts';
import type { Result } from '../../formats/result.ts';
import type { MeasuredPattern, PatternWavelength } from './measuredPattern.ts';
import { isUserCrystal, isUserPattern } from './sourceIds.ts';
import { USER_FILE_LIMITS } from './userFileSettings.ts';

/** A project file: the link, and everything that a link cannot carry. JSON, versioned, checked field by field. */
export const PROJECT_FORMAT = 'braggscape-project';
const VERSION = 1;

export interface Project {
  /** The fragment of the link: every setting. */
  readonly link: string;
  readonly crystals: readonly { readonly id: string; readonly structure: Structure }[];
  readonly patterns: readonly { readonly id: string; readonly pattern: MeasuredPattern }[];
}

/** Results of the page for other programs; opening the file computes it again. */
export type ProjectResults = { readonly [key: string]: Json };

const numbers = (values: Float64Array): number[] =>
  Array.from(values, value => Number(value.toPrecision(10)));

export function projectText(project: Project, made: string, results: ProjectResults): string {
  return `${JSON.stringify({
    format: PROJECT_FORMAT,
    version: VERSION,
    made,
    link: project.link,
    crystals: project.crystals.map(({ id, structure }) => ({ id, structure: compactStructure(structure) })),
    patterns: project.patterns.map(({ id, pattern }) => ({
      id,
      name: pattern.name,
      two_theta_deg: numbers(pattern.twoTheta),
      intensity: numbers(pattern.intensity),
      sigma: pattern.sigma && numbers(pattern.sigma),
      unit: pattern.unit,
      wavelength: pattern.wavelength,
      assumptions: pattern.assumptions,
    })),
    results,
  })}\n`;
}

/** True where a file says that it is a project, by its first characters. */
export const looksLikeProject = (bytes: Uint8Array): boolean =>
  new TextDecoder().decode(bytes.subarray(0, 200)).includes(`"${PROJECT_FORMAT}"`);

const UNITS: readonly IntensityUnit[] = ['counts', 'counts per second', 'arbitrary'];

class Refusal extends Error {}
const demand: (condition: boolean, message: string) => asserts condition = (condition, message) => {
  if (!condition) throw new Refusal(message);
};

/** Checks everything; what is wrong is named and nothing of the file is used. */
export function readProject(bytes: Uint8Array): Result<Project> {
  const read = boundedJson(new TextDecoder().decode(bytes));
  if (!read.ok) return read;
  try {
    const json = read.value;
    demand(field(json, 'format') === PROJECT_FORMAT, 'this is no project file of Braggscape');
    const version = field(json, 'version');
    demand(
      version === VERSION,
      `the project has version ${String(version)}; this Braggscape reads version ${VERSION}`,
    );
    const link = field(json, 'link');
    demand(typeof link === 'string' && link.length < 100_000, 'the project has no link');
    return {
      ok: true,
      value: {
        link,
        crystals: entries(json, 'crystals').map(readCrystal),
        patterns: entries(json, 'patterns').map(readPattern),
      },
      warnings: [],
    };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, message: error.message };
    throw error;
  }
}

function entries(json: Json, name: string): readonly Json[] {
  const list = field(json, name) ?? [];
  demand(
    Array.isArray(list) && list.length <= USER_FILE_LIMITS.entries,
    `"${name}" is not a list of at most ${USER_FILE_LIMITS.entries}`,
  );
  return list as readonly Json[];
}

function readCrystal(entry: Json, index: number): Project['crystals'][number] {
  const id = field(entry, 'id');
  demand(typeof id === 'string' && isUserCrystal(id), `crystal ${index + 1} has no identity`);
  const structure = readCompactStructure(field(entry, 'structure'));
  if (!structure.ok) throw new Refusal(`crystal ${index + 1}: ${structure.message}`);
  return { id, structure: structure.value };
}

function readPattern(entry: Json, index: number): Project['patterns'][number] {
  const what = `pattern ${index + 1}`;
  const id = field(entry, 'id');
  demand(typeof id === 'string' && isUserPattern(id), `${what} has no identity`);
  const name = field(entry, 'name');
  const unit = field(entry, 'unit');
  demand(typeof name === 'string' && name.length <= 400, `${what} has no name`);
  demand(
    UNITS.some(known => known === unit),
    `${what} has no unit of intensity`,
  );
  const twoTheta = column(entry, 'two_theta_deg', what);
  const intensity = column(entry, 'intensity', what);
  const sigma = field(entry, 'sigma') == null ? null : column(entry, 'sigma', what);
  const n = twoTheta.length;
  demand(
    n >= 2 && intensity.length === n && (sigma === null || sigma.length === n),
    `${what} has columns of different lengths`,
  );
  demand(
    twoTheta.every((angle, i) => angle >= -10 && angle <= 180 && (i === 0 || angle > twoTheta[i - 1]!)),
    `${what} has angles that do not rise`,
  );
  const assumptions = field(entry, 'assumptions') ?? [];
  demand(
    Array.isArray(assumptions) &&
      assumptions.length <= 100 &&
      assumptions.every(text => typeof text === 'string' && text.length <= 1000),
    `${what} has no list of assumptions`,
  );
  return {
    id,
    pattern: {
      name,
      unit: unit as IntensityUnit,
      twoTheta,
      intensity,
      sigma,
      wavelength: readWavelength(field(entry, 'wavelength'), what),
      assumptions: assumptions as readonly string[],
    },
  };
}

function column(entry: Json, name: string, what: string): Float64Array {
  const list = field(entry, name);
  demand(
    Array.isArray(list) && list.length <= MOST_POINTS && list.every(value => typeof value === 'number'),
    `${what}: "${name}" is not a list of at most ${MOST_POINTS} numbers`,
  );
  return Float64Array.from(list as readonly number[]);
}

function readWavelength(json: Json | undefined, what: string): PatternWavelength {
  const length = (value: Json | undefined): value is number =>
    typeof value === 'number' && value >= 0.1 && value <= 10;
  const [alpha1, alpha2, ratio, source] = ['alpha1', 'alpha2', 'ratio', 'source'].map(name =>
    field(json, name),
  );
  demand(length(alpha1), `${what} has no wavelength of 0.1–10 Å`);
  demand(alpha2 == null || length(alpha2), `${what} has no second wavelength of 0.1–10 Å`);
  demand(
    ratio == null || (typeof ratio === 'number' && ratio >= 0 && ratio <= 1),
    `${what} has no ratio of 0–1`,
  );
  demand(
    typeof source === 'string' && source.length <= 200,
    `${what} does not say where its wavelength comes from`,
  );
  return { alpha1, alpha2: alpha2 ?? null, ratio: ratio ?? null, source };
}
