import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as moyo from '@spglib/moyo-wasm';
import type { Moyo } from '../symmetry/moyo.ts';

/** The symmetry finder, its wasm read from the disk. */
export function moyoInNode(): Moyo {
  const path = createRequire(import.meta.url).resolve('@spglib/moyo-wasm/moyo_wasm_bg.wasm');
  moyo.initSync({ module: readFileSync(path) });
  return moyo;
}
