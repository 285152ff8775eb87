import { oneOf } from '../core/codecs.ts';
import { setting, type ValuesOf } from '../core/settings.ts';

/** Files of docs/ in the order of the contents; a test holds the list against the folder. */
export const DOCUMENT_IDS = [
  ...['not', 'physics', 'parameters', 'insight', 'recovery', 'measured', 'study', 'gallery', 'phases'],
  ...['energy', 'trust', 'data', 'formats', 'embed', 'hosting', 'engine', 'benchmarks'],
] as const;

export const HELP = {
  document: setting('doc', 'document', 'not', oneOf(DOCUMENT_IDS)),
};

declare module '../core/inputs.ts' {
  interface Inputs {
    readonly help: ValuesOf<typeof HELP>;
  }
}
