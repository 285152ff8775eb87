import { followCatchment } from './catchmentJob.ts';
import { followCurvature } from './curvatureJob.ts';
import { followHelp } from './helpJob.ts';
import { followProfile } from './profileJob.ts';
import { followSuccess } from './successJob.ts';
import { followWall } from './wallJob.ts';

let started = false;

/** Starts the jobs of the insight tools, once. They compute only what is asked for. */
export function startInsight(): void {
  if (started) return;
  started = true;
  followCatchment();
  followWall();
  followProfile();
  followCurvature();
  followHelp();
  followSuccess();
}
