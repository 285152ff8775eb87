import type { ControlGroup } from './controlGroups.ts';
import type { PageId } from './pages.ts';

/**
 * Everything that decides what is on screen and that a link carries. Immutable; replaced as a whole. Each page adds its
 * settings to it where it declares them (`<page>Settings.ts`).
 */
export interface Inputs {
  readonly page: PageId;
  /** Groups of controls that are not shown: a teacher's link. */
  readonly hide: readonly ControlGroup[];
  /** Without the bar, to stand in another page. */
  readonly embed: boolean;
}

/** The paper's settings, and U2Ti over (a, c) as in its figure 2; `allSettings.ts` fills it in before all else. */
export const DEFAULT_INPUTS = {} as Inputs;
