/** A page in the background draws no frames, ms. */
const WITHOUT_FRAMES = 500;

/** Resolves when what is to be drawn now is on screen: in the frame after next. */
export const painted = (): Promise<void> =>
  new Promise(resolve => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
    setTimeout(resolve, WITHOUT_FRAMES);
  });
