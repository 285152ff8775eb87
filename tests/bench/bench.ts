/**
 * npm run bench [-- parts]: times the engines and prints every figure with that of the run before in brackets; writes
 * both into tests/bench/results.json. Parts: evaluations, any, torch, maps, bundle, live, memory, catchment, accuracy, phasing,
 * study, energy, recover; without any, all but memory and accuracy. `--browser` serves a page to be opened in a browser of your
 * own instead. Never part of the tests: times are only comparable on one quiet machine.
 */

import { benchAccuracy } from './accuracy.ts';
import { benchAny } from './any.ts';
import { benchBundle } from './bundle.ts';
import { benchCatchment } from './catchment.ts';
import { benchEnergy } from './energy.ts';
import { benchEvaluations } from './evaluations.ts';
import { benchLive } from './live.ts';
import { benchMaps, benchMemory, serveBrowserPage } from './maps.ts';
import { benchPhasing } from './phasing.ts';
import { readCrystal } from './readCrystal.ts';
import { machine, note, saveResults } from './record.ts';
import { benchRecover } from './recover.ts';
import { benchSideBySide } from './sideBySide.ts';
import { benchStudy } from './study.ts';

const PARTS: Readonly<Record<string, () => void | Promise<void>>> = {
  evaluations: benchEvaluations,
  any: benchAny,
  torch: benchSideBySide,
  maps: benchMaps,
  bundle: benchBundle,
  live: benchLive,
  memory: benchMemory,
  async catchment() {
    note('U2Ti catchment map 41 × 41, 2000 steps s', await benchCatchment(), 1);
  },
  accuracy: benchAccuracy,
  phasing() {
    for (const [name, ms] of Object.entries(benchPhasing())) note(`phasing ${name} ms`, ms, 2);
  },
  study() {
    for (const [name, value] of Object.entries(benchStudy())) note(name, value, 1);
  },
  recover() {
    for (const [name, value] of Object.entries(benchRecover()))
      console.log(`${name}: ${note(name, value, 1)}`);
  },
  async energy() {
    for (const [name, ms] of Object.entries(await benchEnergy(readCrystal))) note(`energy ${name} ms`, ms, 2);
  },
};
const asked = process.argv.slice(2);

if (asked.includes('--browser')) await serveBrowserPage();
else {
  const unknown = asked.filter(part => !Object.hasOwn(PARTS, part));
  if (unknown.length) {
    console.error(`There is no part "${unknown[0]}"; the parts are ${Object.keys(PARTS).join(', ')}.`);
    process.exit(1);
  }
  console.log(`Braggscape benchmark. ${machine}, Node ${process.version}. In brackets: the run before.`);
  const parts = asked.length
    ? asked
    : Object.keys(PARTS).filter(part => !['memory', 'accuracy'].includes(part));
  for (const part of parts) await PARTS[part]!();
  console.log(`\nWritten to ${saveResults()}.`);
}
