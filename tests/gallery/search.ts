import '../support/settings.ts';
import { reportFailures, reportFloors } from './searchFailures.ts';
import { reportNoise } from './searchNoise.ts';
import { reportJitter, reportStarts } from './searchStarts.ts';
import { reportCrossings, reportEarly, reportTrades } from './searchTrades.ts';

/**
 * The searches behind the gallery (docs/gallery.md):
 *   npm run search -- starts|jitter [starts] [rates] [crystal-x-y]
 *   npm run search -- noise|failures|trades|crossings|early [starts] [rates] [crystal]
 *   npm run search -- floors
 */
const [what = '', count = '132', rates = '0.0005', only] = process.argv.slice(2);
const SEARCHES: Readonly<Record<string, (count: number, rates: readonly number[], only?: string) => void>> = {
  starts: reportStarts,
  jitter: reportJitter,
  noise: (seeds, learningRates, id) => reportNoise(id ? [id] : ['Na3MnCoNiO6', 'BPO4'], seeds, learningRates),
  failures: reportFailures,
  trades: reportTrades,
  crossings: reportCrossings,
  early: reportEarly,
  floors: reportFloors,
};
const search = SEARCHES[what];
if (search) search(Number(count), rates.split(',').map(Number), only);
else {
  console.error(`Name a search: ${Object.keys(SEARCHES).join(', ')}.`);
  process.exitCode = 1;
}
