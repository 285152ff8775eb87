import { posix } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { readSources, type SourceFile, SRC } from './layers.ts';

/** What a file needs before its first line runs: imports of values, neither of types nor on demand. */
function neededBy({ path, text }: SourceFile): string[] {
  const { statements } = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023);
  return statements.flatMap(statement => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
    const { importClause: clause, moduleSpecifier } = statement;
    const named = clause?.namedBindings;
    const types =
      clause?.isTypeOnly ||
      (!clause?.name && named && ts.isNamedImports(named) && named.elements.every(name => name.isTypeOnly));
    if (types) return [];
    const { text: to } = moduleSpecifier;
    return [to.startsWith('.') ? posix.join(posix.dirname(path), to) : to];
  });
}

/** Files and packages that the first page needs, each with the one that asks for it. */
function firstLoad(files: readonly SourceFile[]): Map<string, string> {
  const byPath = new Map(files.map(file => [file.path, file]));
  const asked = new Map([
    ['main.tsx', ''],
    ['app/ExplorePage.tsx', ''],
  ]);
  for (const path of asked.keys())
    for (const next of byPath.has(path) ? neededBy(byPath.get(path)!) : [])
      if (!asked.has(next)) asked.set(next, path);
  return asked;
}

/** Needed by a file that arrives, a dialog, a page or a tool, none of which is there before the first map. */
const LATER =
  /^(plotly\.js|three|@tensorflow|fflate|saxes|@spglib)|^formats\/(cif|patternFile|crystalFile|zipArchive)|^energy\/(model|checkpoint)\.ts|^engine\/methods\/|^views\/files\/.*Dialog\.tsx$/;

it('what the first map does not need is fetched when it is asked for', () => {
  const asked = firstLoad(readSources(SRC));
  expect(asked.size).toBeGreaterThan(200);
  const early = [...asked].filter(([path]) => LATER.test(path));
  expect(early.map(([path, by]) => `${path}, asked for by ${by}`)).toEqual([]);
});
