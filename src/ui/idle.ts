/** A busy page is not waited for longer than this, ms. */
const PATIENCE = 4000;
/** The wait in a browser that does not say when it is idle, ms. */
const WITHOUT_WORD = 500;

/** Resolves when the page has nothing else to do. */
export const idle = (): Promise<void> =>
  new Promise(resolve => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: PATIENCE });
    else setTimeout(resolve, WITHOUT_WORD);
  });
