import { notify } from '../state/core/notices.ts';
import { store } from '../state/core/store.ts';
import { shareAddress } from '../state/linkSync.ts';

/** The page without a connection, and after a new deployment. */

/** The first load is finished and the map drawn before the rest of the page is fetched for later, ms. */
const SETTLED = 4000;

/** The address follows the state with a delay, and what is on screen now is to come back. */
function reload(): void {
  history.replaceState(null, '', shareAddress());
  location.reload();
}

const askToReload = (text: string, run: () => void): void =>
  notify({ id: 'update', tone: 'info', text, actions: [{ label: 'Reload', run }] });

/**
 * A file of this page is gone: a new version was put in its place while this one was open. Vite tells it before the
 * page's own error does.
 */
function followMissingFiles(): void {
  addEventListener('vite:preloadError', () =>
    askToReload(
      'A part of the page could not be loaded. If you are online, a new version has replaced it: reload to get it. What is on screen is in the link and comes back.',
      reload,
    ),
  );
}

/** Offers a version that is ready. The old one goes on in every tab until the user agrees. */
function offer(waiting: ServiceWorker): void {
  askToReload(
    'A new version of Braggscape is ready. What is on screen is in the link and comes back.',
    () => {
      navigator.serviceWorker.addEventListener('controllerchange', reload, { once: true });
      waiting.postMessage('activate');
    },
  );
}

async function register(): Promise<void> {
  const registration = await navigator.serviceWorker.register(new URL('sw.js', document.baseURI));
  const look = (): void => {
    // Without a controller this is the first visit: there is no older version to replace.
    if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting);
  };
  registration.addEventListener('updatefound', () =>
    registration.installing?.addEventListener('statechange', look),
  );
  look();
  document.addEventListener('visibilitychange', () => {
    // Without a connection there is nothing newer to find.
    if (document.visibilityState === 'visible') registration.update().catch(() => {});
  });
}

/** Called once. Recent work is kept from when the first load has settled. Where service workers are not to be had, the page works as long as there is a connection. */
export function startUpdates(): void {
  followMissingFiles();
  // A frame in another page is no work of the user's to come back to, and has no tab to keep up to date.
  if (store.getState().inputs.embed) return;
  setTimeout(() => {
    import('../state/project/recentJob.ts').then(
      ({ startRecent }) => startRecent(),
      () => {
        // Told as a missing file, above.
      },
    );
  }, SETTLED);
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  setTimeout(() => {
    register().catch((error: Error) => {
      console.info(`Braggscape will not open without a connection: ${error.message}`);
    });
  }, SETTLED);
}
