import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LAYERS, readSources, SRC, VIEWS, violations } from './layers.ts';

const planted = (path: string, text: string, ...others: [string, string][]): string[] =>
  violations([{ path, text }, ...others.map(([p, t]) => ({ path: p, text: t }))]);

describe('the layer rule', () => {
  it('holds for every file of src/', () => {
    const files = readSources(SRC);
    expect(files.length).toBeGreaterThan(20);
    expect(violations(files)).toEqual([]);
  });

  it('names every folder of src/, and src/README.md describes each', () => {
    const folders = readdirSync(SRC, { withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .map(entry => entry.name)
      .filter(name => readSources(join(SRC, name)).length > 0);
    expect(folders.filter(name => !(name in LAYERS))).toEqual([]);
    const readme = readFileSync(join(SRC, 'README.md'), 'utf8');
    expect(folders.filter(name => !readme.includes(`\`${name}/\``))).toEqual([]);
  });
});

describe('the table of views', () => {
  it('has no arrow upward: a row names only rows above it', () => {
    const order = Object.keys(VIEWS);
    const upward = Object.entries(VIEWS).flatMap(([view, others]) =>
      others.filter(other => !order.slice(0, order.indexOf(view)).includes(other)),
    );
    expect(upward).toEqual([]);
  });
});

describe('the check itself sees planted violations', () => {
  it('an import against the layers', () => {
    expect(
      planted('num/mat3.ts', "import { a } from '../crystal/cell.ts';", ['crystal/cell.ts', '']),
    ).toHaveLength(1);
  });
  it('a type import against the layers', () => {
    expect(
      planted('views/A.tsx', "import type { E } from '../engine/engine.ts';", ['engine/engine.ts', '']),
    ).toHaveLength(1);
    expect(
      planted('views/A.tsx', "type E = import('../engine/engine.ts').Engine;", ['engine/engine.ts', '']),
    ).toHaveLength(1);
  });
  it('an import of state/ from the core into a page, of one page into another, and of a page into what starts it', () => {
    const from = (path: string, target: string): string[] =>
      planted(`state/${path}`, `import type { A } from '../${target}';`, [`state/${target}`, '']);
    expect(from('core/a.ts', 'energy/b.ts')).toHaveLength(1);
    expect(from('energy/a.ts', 'analysis/b.ts')).toHaveLength(1);
    expect(from('files/a.ts', 'explore/b.ts')).toHaveLength(1);
    expect(from('energy/a.ts', 'jobs.ts')).toHaveLength(1);
    expect(planted('state/misc/a.ts', '')).toHaveLength(1);
    expect(from('energy/a.ts', 'explore/b.ts')).toEqual([]);
    expect(planted('state/jobs.ts', "import './energy/a.ts';", ['state/energy/a.ts', ''])).toEqual([]);
  });
  it('a worker reached by URL and a dynamic import', () => {
    expect(
      planted('views/A.ts', "new Worker(new URL('../engine/w.worker.ts', import.meta.url));", [
        'engine/w.worker.ts',
        '',
      ]),
    ).toHaveLength(1);
    expect(planted('ui/A.ts', "await import('../state/store.ts');", ['state/store.ts', ''])).toHaveLength(1);
  });
  it('a package outside its folder', () => {
    expect(planted('views/A.tsx', "import Plotly from 'plotly.js/lib/core';")).toHaveLength(1);
    expect(planted('state/a.ts', "import * as tf from '@tensorflow/tfjs-core';")).toHaveLength(1);
    expect(planted('losses/a.ts', "import { useState } from 'react';")).toHaveLength(1);
  });
  it('a missing extension and an unknown folder', () => {
    expect(planted('num/a.ts', "import { b } from './b';", ['num/b.ts', ''])).toHaveLength(1);
    expect(planted('misc/a.ts', '')).toHaveLength(1);
  });
  it('an import between pages of views/, from the shared files too, and a page without a row', () => {
    const analysis: [string, string] = ['views/analysis/B.tsx', ''];
    expect(planted('views/map/A.tsx', "import { B } from '../analysis/B.tsx';", analysis)).toHaveLength(1);
    expect(planted('views/A.tsx', "import { B } from './analysis/B.tsx';", analysis)).toHaveLength(1);
    expect(planted('views/energy/A.tsx', "import { B } from '../analysis/B.tsx';", analysis)).toEqual([]);
    expect(planted('views/unknown/A.tsx', '')).toHaveLength(1);
  });
  it('a cycle between files', () => {
    expect(planted('num/a.ts', "import './b.ts';", ['num/b.ts', "import './a.ts';"])).toHaveLength(1);
  });
});
