/** Every test knows the settings of all pages, as the page does. */
import '../../src/state/allSettings.ts';
