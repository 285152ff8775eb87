import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { type Plugin, transformWithOxc } from 'vite';

const SOURCE = join(import.meta.dirname, 'serviceWorker.ts');
const WORKER = 'sw.js';

/** Every file below a folder, with forward slashes, in a fixed order. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => statSync(join(folder, path)).isFile())
    .map(path => relative(folder, join(folder, path)).split(sep).join('/'))
    .sort();
}

/**
 * Writes sw.js beside the built page: the service worker with the list of every file of the build, named after their
 * content, so that a new deployment is a new worker.
 */
export const offline = (): Plugin => {
  let folder = '';
  return {
    name: 'braggscape-offline',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    async closeBundle() {
      const files = filesBelow(folder).filter(path => path !== WORKER);
      const hash = createHash('sha256');
      for (const path of files) hash.update(path).update(readFileSync(join(folder, path)));
      const { code } = await transformWithOxc(readFileSync(SOURCE, 'utf8'), SOURCE);
      const head = `const FILES = ${JSON.stringify(files)};\nconst VERSION = ${JSON.stringify(hash.digest('hex').slice(0, 12))};\n`;
      writeFileSync(join(folder, WORKER), head + code);
    },
  };
};
