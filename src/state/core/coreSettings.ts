import { distinct, flag, list, oneOf } from './codecs.ts';
import { CONTROL_GROUPS } from './controlGroups.ts';
import { PAGE_IDS } from './pages.ts';
import { setting } from './settings.ts';

export const PAGE = { page: setting('p', 'page', 'explore', oneOf(PAGE_IDS)) };

/** For teachers and for pages that show Braggscape in theirs. */
export const FRAME = {
  hide: setting(
    'hide',
    'list of hidden controls',
    [],
    distinct(list(oneOf(CONTROL_GROUPS.map(group => group.id)), ',', 0, CONTROL_GROUPS.length)),
  ),
  embed: setting('embed', 'embedding', false, flag),
};
