import { instrumentProblem } from '../diffraction/instrument.ts';
import { COMPARE, checkCompare } from './compare/compareSettings.ts';
import { onAnotherCrystal } from './explore/actions.ts';
import './compare/compareSlice.ts';
import './gallery/gallerySlice.ts';
import './files/incoming.ts';
import './study/studySlice.ts';
import { FRAME, PAGE } from './core/coreSettings.ts';
import { registerCheck } from './core/permalink.ts';
import { registerSettings } from './core/settings.ts';
import { TOUR } from './core/tourSettings.ts';
import { ENERGY } from './energy/energySettings.ts';
import { HELP } from './help/helpSettings.ts';
import './energy/energySlice.ts';
import './explore/exploreState.ts';
import './analysis/analysisSlice.ts';
import { ANALYSIS } from './analysis/analysisSettings.ts';
import {
  CRYSTAL,
  checkExplorer,
  DESCENT,
  ENGINE,
  INSTRUMENT,
  LOSS,
  PLACES,
  SLICE,
} from './explore/exploreSettings.ts';
import { VIEW } from './explore/viewSettings.ts';
import { checkMeasured, MEASURED } from './files/measuredSettings.ts';
import { USER_FILES } from './files/userFileSettings.ts';
import { GALLERY } from './gallery/gallerySettings.ts';
import { forAnotherCrystal, PHASES } from './phases/phasesSettings.ts';
import './phases/phasesSlice.ts';
import { STUDY } from './study/studySettings.ts';

/** Brings the settings of all pages together, in the order in which a link carries them. Imported before all else. */

registerSettings(null, PAGE, { undo: false });
registerSettings(null, CRYSTAL);
registerSettings('userFiles', USER_FILES);
registerSettings('measured', MEASURED);
registerSettings('slice', SLICE);
// Another loss has another range.
registerSettings(null, LOSS, {
  paper: true,
  also: inputs => ({ ...inputs, view: { ...inputs.view, colourRange: null } }),
});
registerSettings('instrument', INSTRUMENT, { problem: instrumentProblem, paper: true });
registerSettings('descent', DESCENT, { paper: true });
registerSettings(null, PLACES);
registerSettings('view', VIEW, { undo: false });
registerSettings('analysis', ANALYSIS);
registerSettings('study', STUDY);
registerSettings(null, ENGINE, { undo: false });
registerSettings('compare', COMPARE);
registerSettings('energy', ENERGY, { undo: false });
registerSettings('phases', PHASES);
registerSettings(null, FRAME);
registerSettings('gallery', GALLERY);
registerSettings(null, TOUR, { undo: false });
registerSettings('help', HELP, { undo: false });

for (const check of [checkExplorer, checkMeasured, checkCompare]) registerCheck(check);
onAnotherCrystal(inputs => ({ ...inputs, phases: forAnotherCrystal(inputs.phases) }));
