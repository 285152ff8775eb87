import type { Structure } from '../crystal/structure.ts';
import { boundedJson, field, type Json } from './boundedJson.ts';
import { compactStructure, readCompactStructure } from './compactStructure.ts';
import { decodeText } from './decodeText.ts';
import { checkedPattern, type MeasuredPattern } from './measuredPattern.ts';
import type { Result } from './result.ts';
import { isUserCrystal, isUserPattern, MOST_USER_FILES } from './userIds.ts';

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
  decodeText(bytes.subarray(0, 200)).includes(`"${PROJECT_FORMAT}"`);

class Refusal extends Error {}
const demand: (condition: boolean, message: string) => asserts condition = (condition, message) => {
  if (!condition) throw new Refusal(message);
};

/** Checks everything; what is wrong is named and nothing of the file is used. */
export function readProject(bytes: Uint8Array): Result<Project> {
  const read = boundedJson(decodeText(bytes));
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
    Array.isArray(list) && list.length <= MOST_USER_FILES,
    `"${name}" is not a list of at most ${MOST_USER_FILES}`,
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
  const read = checkedPattern({
    name: field(entry, 'name'),
    unit: field(entry, 'unit'),
    twoTheta: field(entry, 'two_theta_deg'),
    intensity: field(entry, 'intensity'),
    sigma: field(entry, 'sigma'),
    wavelength: field(entry, 'wavelength'),
    assumptions: field(entry, 'assumptions') ?? [],
  });
  if (!read.ok) throw new Refusal(`${what} ${read.message}`);
  return { id, pattern: read.value };
}
