import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { METHODS } from '../../src/engine/methods/analysis.ts';
import { slicePoints } from '../../src/landscape/slice.ts';
import { plainStrategy } from '../../src/optimise/strategy.ts';
import { libraryStructure } from '../support/library.ts';
import { problemOf, sliceFor } from './cases.ts';

/** Catchment map of the bench: U2Ti over a and c, every start descended unconstrained. */
const SIDE = 41;
const STEPS = 2000;

/** Seconds of the catchment map on all cores, in as many processes, each with every so-manieth start; prints them. */
export async function benchCatchment(): Promise<number> {
  const processes = availableParallelism();
  const start = performance.now();
  await Promise.all(Array.from({ length: processes }, (_, part) => inChild(part, processes)));
  const seconds = (performance.now() - start) / 1000;
  console.log(
    `\nCatchment map of U2Ti over a and c, ${SIDE} × ${SIDE} starts, at most ${STEPS} steps each, ${processes} processes: ${seconds.toFixed(1)} s`,
  );
  return seconds;
}

function inChild(part: number, parts: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(import.meta.filename, ['--part', String(part), String(parts)]);
    child.once('exit', code =>
      code === 0 ? resolve() : reject(new Error(`the catchment map ended with code ${code}`)),
    );
  });
}

async function descendPart(part: number, parts: number): Promise<void> {
  const structure = libraryStructure('U2Ti');
  const slice = sliceFor(structure, 'a', 'c', SIDE);
  const indices = Array.from({ length: SIDE * SIDE }, (_, i) => i).filter(i => i % parts === part);
  const strategy = plainStrategy({ mode: 'unconstrained', family: structure.family });
  const plan = {
    start: structure.cell,
    mode: strategy.mode,
    space: { kind: 'slice', x: 'a', y: 'c', base: structure.cell, tied: false },
    reading: 'full',
    family: structure.family,
    learningRate: 0.0005,
    maxIterations: STEPS,
    stopGain: 1e-4,
    stopWindow: 1000,
    momentum: 0,
  } as const;
  const call = { plan, strategy, truth: structure.cell, spread: [0, 0, 0, 0, 0, 0], seed: 1 };
  await METHODS.ends(
    problemOf(structure, 'cosine'),
    { ...call, starts: slicePoints(slice, indices) },
    { progress: () => {}, breathe: () => Promise.resolve() },
  );
}

const at = process.argv.indexOf('--part');
if (at >= 0) await descendPart(Number(process.argv[at + 1]), Number(process.argv[at + 2]));
