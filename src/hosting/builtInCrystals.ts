import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { CATALOGUE } from '../crystal/catalogue.ts';
import type { Structure } from '../crystal/structure.ts';
import { readCif } from '../formats/cif.ts';

const FOLDER = join(import.meta.dirname, '../../public/structures');

/** A built-in crystal as JSON, read from its CIF. Throws where that cannot be read. @param file name below public/structures/ */
export function crystalJson(file: string): string {
  const read = readCif(readFileSync(join(FOLDER, file), 'utf8'));
  if (!read.ok) throw new Error(`${file}: ${read.message}`);
  return JSON.stringify(read.value satisfies Structure);
}

/** Serves every built-in crystal as JSON beside its CIF, so that the page needs no reader of CIF for its first map. */
export const builtInCrystals = (): Plugin => {
  const texts = (): [string, string][] =>
    CATALOGUE.map(({ json, file }) => [`structures/${json}`, crystalJson(file)]);
  return {
    name: 'braggscape-built-in-crystals',
    generateBundle() {
      for (const [fileName, source] of texts()) this.emitFile({ type: 'asset', fileName, source });
    },
    configureServer({ middlewares }) {
      const served = new Map(texts());
      middlewares.use((request, response, next) => {
        const text = served.get((request.url ?? '').replace(/^.*?(?=structures\/)|\?.*$/g, ''));
        if (text === undefined) return next();
        response.setHeader('Content-Type', 'application/json').end(text);
      });
    },
  };
};
