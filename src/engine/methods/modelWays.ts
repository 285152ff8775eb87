/** What problems with more than a cell to move need: fetched with the first of them. */
export { patternAtPoint } from '../../model/densePattern.ts';
export { modelObjective } from '../../peakspace/model/modelObjective.ts';
export { rankedReflections } from '../../peakspace/model/rankedReflections.ts';
export { reflectionDrive } from '../../peakspace/model/reflectionDrive.ts';
