import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../src');
/** The sheets whose classes every page may use: tokens, reset and the words of every page; every page on paper. */
const THEME = ['app/print.css', 'app/theme.css'];

const FILES = readdirSync(ROOT, { recursive: true, encoding: 'utf8' });
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const SHEETS = FILES.filter(file => file.endsWith('.css'));

const classesOf = (css: string): Set<string> =>
  new Set(
    [...css.replaceAll(/\/\*.*?\*\/|\{[^{}]*\}/gs, ' ').matchAll(/\.([a-zA-Z][\w-]*)/g)].map(
      ([, name]) => name!,
    ),
  );

/** A component's text and the sheets that it imports, by the name it gives them. */
interface Importer {
  readonly file: string;
  readonly text: string;
  readonly sheets: ReadonlyMap<string, string>;
}

const IMPORTERS: readonly Importer[] = FILES.filter(file => file.endsWith('.tsx')).map(file => {
  const text = read(file);
  const found = text.matchAll(/^import (\w+) from '([^']*\.module\.css)';/gm);
  return {
    file,
    text,
    sheets: new Map([...found].map(([, name, path]) => [name!, relative('', join(dirname(file), path!))])),
  };
});

/** Classes that a text reads from a sheet: `styles.bar`, `styles['bar']`; all of `all` where the name is computed. */
function readFrom(text: string, name: string, all: ReadonlySet<string>): Set<string> {
  if (new RegExp(`\\b${name}\\[(?!')`).test(text)) return new Set(all);
  const code = text.replaceAll(/^import .*$/gm, '');
  const found = code.matchAll(new RegExp(`(?<![\\w.'])${name}(?:\\.(\\w+)|\\['(\\w+)'\\])`, 'g'));
  return new Set([...found].map(([, plain, quoted]) => (plain ?? quoted)!));
}

/** Class names in a literal of a component: `className="quiet"`, `className={on ? 'quiet' : undefined}`. */
const literals = (text: string): string[] =>
  [...text.matchAll(/className=(?:"([^"]*)"|\{([^}]*)\})/g)].flatMap(([, plain, code]) =>
    (plain ?? [...code!.matchAll(/(?<!\[|=== )'([^']*)'(?!\])/g)].map(([, word]) => word).join(' '))
      .split(/\s+/)
      .filter(Boolean),
  );

/** Every class that is asked for but not there, or there and not asked for. */
function mismatches(sheets: ReadonlyMap<string, string>, importers: readonly Importer[]): string[] {
  const wrong: string[] = [];
  for (const [sheet, css] of sheets) {
    const classes = classesOf(css);
    const used = new Set<string>();
    for (const { file, text, sheets: imported } of importers)
      for (const [name, path] of imported) {
        if (path !== sheet) continue;
        for (const word of readFrom(text, name, classes)) {
          used.add(word);
          if (!classes.has(word)) wrong.push(`${file} reads .${word}, which ${sheet} does not have`);
        }
      }
    for (const word of classes) if (!used.has(word)) wrong.push(`${sheet} has .${word}, which nobody reads`);
  }
  return wrong;
}

describe('styles', () => {
  it('belong to their component: every sheet but the theme and paper is a module', () => {
    expect(SHEETS.filter(file => !file.endsWith('.module.css')).sort()).toEqual(THEME);
  });
  it('have every class that is read from them, and no other', () => {
    const modules = SHEETS.filter(file => file.endsWith('.module.css'));
    expect(mismatches(new Map(modules.map(file => [file, read(file)])), IMPORTERS)).toEqual([]);
  });
  it('are named by a literal only where they are the theme’s', () => {
    const theme = classesOf(THEME.map(read).join('\n'));
    const unknown = IMPORTERS.flatMap(({ file, text }) =>
      literals(text)
        .filter(word => !theme.has(word))
        .map(word => `${file}: ${word}`),
    );
    expect(unknown).toEqual([]);
  });
  it('are found wanting where a class is misspelt or dead', () => {
    const importer = {
      file: 'Planted.tsx',
      text: 'className={styles.bra}',
      sheets: new Map([['styles', 'Planted.module.css']]),
    };
    expect(mismatches(new Map([['Planted.module.css', '.bar { top: 1.5px; }']]), [importer])).toEqual([
      'Planted.tsx reads .bra, which Planted.module.css does not have',
      'Planted.module.css has .bar, which nobody reads',
    ]);
    expect(literals('<p className="lost">')).toEqual(['lost']);
  });
});
