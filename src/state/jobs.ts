import { Engines } from '../engine/engines.ts';
import { notify } from './core/notices.ts';
import { continuedJob } from './explore/continuedJob.ts';
import { currentJob, problemJob, structureJob } from './explore/crystalJobs.ts';
import { followDescents } from './explore/descentJob.ts';
import { endsJob } from './explore/endsJob.ts';
import { followEngine } from './explore/engineJob.ts';
import { equalMinimaJob } from './explore/equalMinimaJob.ts';
import { mapJob } from './explore/mapJob.ts';
import { parametersJob } from './explore/parametersJob.ts';
import { rankedJob } from './explore/rankedJob.ts';
import { shareEngines } from './explore/sharedEngines.ts';
import { stableRateJob } from './explore/stableRateJob.ts';
import { stageMapJob } from './explore/stageMapJob.ts';
import { measuredJob } from './files/measuredJob.ts';

/**
 * Keeps results up to date with the inputs: what changes restarts what depends on it, the newest request wins. Called
 * once when the page starts; the engines live as long as the page.
 */
export function startJobs(): void {
  const engines = new Engines(text => notify({ id: 'webgl', tone: 'warning', text }));
  shareEngines(engines);
  structureJob.follow();
  measuredJob.follow();
  parametersJob.follow();
  problemJob.follow();
  followEngine(engines);
  mapJob.follow();
  equalMinimaJob.follow();
  followDescents(engines.cpu);
  continuedJob.follow();
  endsJob.follow();
  stageMapJob.follow();
  currentJob.follow();
  stableRateJob.follow();
  rankedJob.follow();
}
