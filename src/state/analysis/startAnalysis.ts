import { catchmentJob } from './catchmentJob.ts';
import { curvatureJob } from './curvatureJob.ts';
import { profileJob } from './profileJob.ts';
import { strategyJob } from './strategyJob.ts';
import { followSuccess } from './successJob.ts';
import { wallJob } from './wallJob.ts';

let started = false;

/** Starts the jobs of the analysis tools, once. They compute only what is asked for. */
export function startAnalysis(): void {
  if (started) return;
  started = true;
  for (const { follow } of [catchmentJob, wallJob, profileJob, curvatureJob, strategyJob]) follow();
  followSuccess();
}
