import type { Inputs } from './core/inputs.ts';
import type { PageId } from './core/pages.ts';
import { linkOf, readLink, tellRefused } from './core/permalink.ts';
import { store } from './core/store.ts';
import { setInputs } from './core/undo.ts';
import { playAtFocus } from './explore/actions.ts';

/**
 * Keeps the address and the inputs the same. What opens another picture (page, experiment, crystal, axes, loss) makes an entry in the
 * history; everything else rewrites the present one, at most twice a second (Safari refuses more than 100 in 30 s).
 */
const QUIET = 500;

const chapter = ({ page, structureId, slice, loss, phases, gallery, tour }: Inputs): string =>
  [
    page,
    structureId,
    slice.x,
    slice.y,
    loss,
    tour?.id,
    tour?.step,
    page === 'phases' && phases.experiment,
    page === 'gallery' && (gallery.larger ?? gallery.present !== null),
  ].join(' ');

const addressOf = (inputs: Inputs): string => {
  const link = linkOf(inputs);
  return `${location.pathname}${location.search}${link ? `#${link}` : ''}`;
};

/** Takes the settings of a link, with or without "#". Returns a sentence for each that was refused, as it is shown. */
export function openLink(link: string): readonly string[] {
  const { inputs, refused } = readLink(link);
  tellRefused(refused);
  setInputs(inputs, false);
  playAtFocus();
  return refused;
}

/** Reads the address, then follows both ways. Called once, before the jobs start. Returns the way to stop. */
export function startLinkSync(): () => void {
  openLink(location.hash);
  let shown = store.getState().inputs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (): void => {
    timer = undefined;
    const { inputs } = store.getState();
    const address = addressOf(inputs);
    if (address === `${location.pathname}${location.search}${location.hash}`) {
      shown = inputs;
      return;
    }
    if (chapter(inputs) === chapter(shown)) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
    shown = inputs;
  };
  const stop = store.subscribe(({ inputs }, { inputs: before }) => {
    if (inputs !== before && timer === undefined) timer = setTimeout(write, QUIET);
  });
  const goBack = (): void => {
    clearTimeout(timer);
    timer = undefined;
    openLink(location.hash);
    shown = store.getState().inputs;
  };
  addEventListener('popstate', goBack);
  return () => {
    stop();
    clearTimeout(timer);
    removeEventListener('popstate', goBack);
  };
}

/** The address of another page with the present settings. */
export const pageAddress = (inputs: Inputs, page: PageId): string => addressOf({ ...inputs, page });

/** The full address of what is on screen, or of other settings, for sharing. */
export const shareAddress = (inputs = store.getState().inputs): string =>
  new URL(addressOf(inputs), location.href).href;
