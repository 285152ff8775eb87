import { readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import ts from 'typescript';

/**
 * The layer rule (src/README.md): which folders a folder of src/ may import from, besides its own.
 * A folder that is missing here may not exist; a row that names no folder is a mistake too.
 */
export const LAYERS: Readonly<Record<string, readonly string[]>> = {
  num: [],
  losses: ['num'],
  crystal: ['num'],
  formats: ['num', 'crystal'],
  model: ['num', 'crystal', 'diffraction'],
  landscape: ['num', 'crystal', 'model'],
  optimise: ['num', 'crystal', 'model'],
  matching: ['num', 'crystal'],
  measured: ['num', 'crystal', 'formats', 'diffraction'],
  symmetry: ['num', 'crystal', 'matching'],
  stats: ['num'],
  noise: ['num', 'crystal'],
  diffraction: ['num', 'crystal'],
  phasing: ['num', 'crystal', 'diffraction'],
  energy: ['num', 'crystal', 'formats'],
  peakspace: ['num', 'crystal', 'diffraction', 'model', 'losses'],
  recovery: [
    'num',
    'crystal',
    'formats',
    'diffraction',
    'losses',
    'optimise',
    'model',
    'peakspace',
    'matching',
    'measured',
  ],
  refinement: ['num', 'crystal', 'diffraction', 'optimise'],
  study: [
    'num',
    'losses',
    'crystal',
    'optimise',
    'matching',
    'stats',
    'noise',
    'diffraction',
    'model',
    'peakspace',
    'recovery',
  ],
  headless: [
    'num',
    'losses',
    'crystal',
    'formats',
    'landscape',
    'optimise',
    'matching',
    'noise',
    'diffraction',
    'model',
    'peakspace',
    'energy',
    'measured',
    'symmetry',
    'recovery',
    'refinement',
    'study',
  ],
  engine: [
    'num',
    'losses',
    'crystal',
    'formats',
    'measured',
    'symmetry',
    'landscape',
    'optimise',
    'matching',
    'diffraction',
    'phasing',
    'model',
    'peakspace',
    'energy',
    'recovery',
    'study',
  ],
  state: [
    'num',
    'losses',
    'crystal',
    'formats',
    'measured',
    'symmetry',
    'landscape',
    'optimise',
    'matching',
    'diffraction',
    'phasing',
    'model',
    'peakspace',
    'energy',
    'recovery',
    'engine',
    'noise',
    'matching',
    'study',
  ],
  ui: ['num'],
  hosting: ['crystal', 'formats'],
  views: [
    'num',
    'losses',
    'crystal',
    'formats',
    'measured',
    'symmetry',
    'landscape',
    'optimise',
    'matching',
    'diffraction',
    'phasing',
    'model',
    'peakspace',
    'energy',
    'recovery',
    'stats',
    'state',
    'ui',
    'noise',
    'matching',
    'study',
  ],
  app: ['num', 'state', 'views', 'ui', 'crystal'],
};

/**
 * The same for the folders of views/, which also share the files of views/ itself: a row names what a folder may import
 * from, each of which has its row further up, so that no two pages hang on one another.
 */
export const VIEWS: Readonly<Record<string, readonly string[]>> = {
  pattern: [],
  verdict: ['pattern'],
  map: ['verdict'],
  cell: [],
  player: [],
  files: [],
  study: [],
  analysis: ['map', 'cell'],
  energy: ['map', 'analysis'],
  tours: [],
  help: ['tours'],
  gallery: ['map', 'cell', 'pattern', 'tours'],
  compare: ['pattern'],
  results: ['verdict', 'energy'],
  landscape: ['verdict', 'map', 'analysis', 'energy'],
  controls: ['verdict', 'analysis', 'files'],
  phases: ['cell', 'pattern', 'controls'],
};

/**
 * The same for the folders of state/: the core knows no page, pages stand beside one another, and what two of them share
 * lies below them. The files of state/ itself bring all together: no folder imports them.
 */
export const STATE: Readonly<Record<string, readonly string[]>> = {
  core: [],
  files: ['core'],
  explore: ['core', 'files'],
  analysis: ['core', 'files', 'explore'],
  energy: ['core', 'files', 'explore'],
  gallery: ['core', 'files', 'explore'],
  compare: ['core', 'files', 'explore'],
  help: ['core'],
  study: ['core', 'files', 'explore'],
  phases: ['core', 'files', 'explore'],
  project: ['core', 'files', 'explore'],
};

/** Packages that live behind one folder each. React is the views' business; tests check nothing else imports it. */
export const PACKAGES: readonly { readonly name: RegExp; readonly folders: readonly string[] }[] = [
  { name: /^@tensorflow\//, folders: ['engine'] },
  { name: /^zustand(\/|$)/, folders: ['state'] },
  { name: /^plotly\.js(\/|$)/, folders: ['ui'] },
  { name: /^@spglib\/moyo-wasm/, folders: ['symmetry', 'engine', 'headless'] },
  { name: /^three(\/|$)/, folders: ['views'] },
  { name: /^fft\.js$/, folders: ['num'] },
  { name: /^saxes$/, folders: ['formats'] },
  { name: /^idb(\/|$)/, folders: ['state'] },
  { name: /^react-resizable-panels$/, folders: ['app', 'views'] },
  { name: /^react(-dom)?(\/|$)/, folders: ['ui', 'views', 'app', ''] },
];

export interface SourceFile {
  /** Path below src/, with forward slashes: "crystal/cell.ts". */
  readonly path: string;
  readonly text: string;
}

/** Every module specifier of a file: imports, exports, type imports, dynamic imports, new URL(…, import.meta.url). */
export function specifiersOf(file: SourceFile): string[] {
  const found: string[] = [];
  const kind = file.path.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2023, true, kind);
  const literal = (node: ts.Node | undefined): void => {
    if (node && ts.isStringLiteralLike(node)) found.push(node.text);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) literal(node.moduleSpecifier);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) literal(node.argument.literal);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      literal(node.arguments[0]);
    else if (ts.isNewExpression(node) && node.expression.getText() === 'URL') literal(node.arguments?.[0]);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '');

/** The folder below views/ or state/; empty for a file of these themselves, null elsewhere. */
const innerOf = (parent: 'views' | 'state', path: string): string | null =>
  path.startsWith(`${parent}/`) ? folderOf(path.slice(parent.length + 1)) : null;

/** Every breach of the layer rule, package rule or of acyclicity, one sentence each. */
export function violations(files: readonly SourceFile[]): string[] {
  const found: string[] = [];
  const paths = new Set(files.map(file => file.path));
  const graph = new Map<string, string[]>();
  for (const file of files) {
    const folder = folderOf(file.path);
    const edges: string[] = [];
    graph.set(file.path, edges);
    if (folder && !LAYERS[folder])
      found.push(`${file.path}: folder "${folder}" has no row in the layer table`);
    for (const [parent, table] of [
      ['views', VIEWS],
      ['state', STATE],
    ] as const) {
      const own = innerOf(parent, file.path);
      if (own && !table[own])
        found.push(`${file.path}: folder "${own}" has no row in the table of ${parent}`);
    }
    for (const raw of specifiersOf(file)) {
      const specifier = raw.replace(/\?.*$/, '');
      if (!specifier.startsWith('.')) {
        const rule = PACKAGES.find(entry => entry.name.test(specifier));
        if (rule && !rule.folders.includes(folder))
          found.push(`${file.path}: ${specifier} belongs to ${rule.folders.filter(Boolean).join(', ')}`);
        continue;
      }
      const target = posix.normalize(posix.join(posix.dirname(file.path), specifier));
      if (/\.(css|json|svg)$/.test(target)) continue;
      if (!paths.has(target)) {
        found.push(`${file.path}: "${raw}" does not name a file of src/ with its extension`);
        continue;
      }
      edges.push(target);
      const to = folderOf(target);
      if (folder && to !== folder && !(LAYERS[folder] ?? []).includes(to))
        found.push(`${file.path}: ${folder}/ may not import ${to}/ (${target})`);
      const [view, other] = [innerOf('views', file.path), innerOf('views', target)];
      if (view !== null && other && other !== view && !VIEWS[view]?.includes(other))
        found.push(`${file.path}: views/${view} may not import views/${other} (${target})`);
      const [page, part] = [innerOf('state', file.path), innerOf('state', target)];
      if (page && part !== null && part !== page && !STATE[page]?.includes(part))
        found.push(`${file.path}: state/${page} may not import ${target}`);
    }
  }
  return [...found, ...cycles(graph)];
}

/** Cycles between files, each reported once at the edge that closes it. Worker URLs count as edges. */
function cycles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (path: string, trail: readonly string[]): void => {
    state.set(path, 'open');
    for (const next of graph.get(path) ?? []) {
      if (state.get(next) === 'open')
        found.push(`cycle: ${[...trail.slice(trail.indexOf(next)), next].join(' → ')}`);
      else if (!state.has(next)) visit(next, [...trail, next]);
    }
    state.set(path, 'done');
  };
  for (const path of graph.keys()) if (!state.has(path)) visit(path, [path]);
  return found;
}

/** Reads every .ts and .tsx file below `root`, declaration files left out. */
export function readSources(root: string): SourceFile[] {
  return ts.sys
    .readDirectory(root, ['.ts', '.tsx'])
    .filter(path => !path.endsWith('.d.ts'))
    .map(path => ({ path: relative(root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }));
}

export const SRC = join(dirname(dirname(import.meta.dirname)), 'src');
