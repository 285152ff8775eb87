import { catalogueEntry } from '../../crystal/catalogue.ts';
import { lossOf } from '../../losses/registry.ts';
import { follow } from '../core/follow.ts';
import { DEFAULT_INPUTS, type Inputs } from '../core/inputs.ts';
import { PAGES } from '../core/pages.ts';
import { linkOf } from '../core/permalink.ts';
import { deleteEntry, recentWork, saveEntry, tellUnkept } from '../files/database.ts';

/** A state is kept once it has stood still for this long, ms. */
const QUIET = 3000;
/** States that are kept. */
const MOST = 20;

/** "U2Ti over a and c, cosine", or the name of another page. */
export function workTitle(inputs: Inputs): string {
  const page = PAGES.find(({ id }) => id === inputs.page)?.label ?? '';
  if (inputs.page === 'compare') return `${page}: ${inputs.compare.entries.length} patterns`;
  const own = inputs.userFiles.crystals.find(({ id }) => id === inputs.structureId)?.name;
  const name = own ?? catalogueEntry(inputs.structureId)?.formula ?? inputs.structureId;
  if (inputs.page !== 'explore') return `${page}: ${name}`;
  const { x, y } = inputs.slice;
  return `${name} over ${x} and ${y}, ${lossOf(inputs.loss).label.toLowerCase()}`;
}

/**
 * Keeps what this tab shows as recent work: one entry a crystal and page and visit, rewritten while the user goes on
 * with it. Where nothing can be kept that is said once. Returns the way to stop.
 */
export function startRecent(): () => void {
  // crypto.randomUUID is there on pages served over https only.
  const visit = crypto.getRandomValues(new Uint32Array(4)).join('-');
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = follow(
    state => [state.inputs],
    ([inputs]) => {
      clearTimeout(timer);
      const link = linkOf(inputs);
      if (link === linkOf(DEFAULT_INPUTS)) return;
      timer = setTimeout(() => {
        const id = `${visit} ${inputs.page} ${inputs.structureId}`;
        void saveEntry('recent', { id, when: Date.now(), title: workTitle(inputs), link }).then(prune);
      }, QUIET);
    },
  );
  return () => {
    stop();
    clearTimeout(timer);
  };
}

async function prune(failure: string | null): Promise<void> {
  if (failure !== null) return tellUnkept(failure);
  const works = await recentWork();
  if (typeof works === 'string') return;
  for (const { id } of works.slice(MOST)) await deleteEntry('recent', id);
}
