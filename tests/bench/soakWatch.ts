/** What a page did since it was last asked. Times in ms. */
export interface Watched {
  readonly longestTask: number;
  readonly longestGap: number;
  readonly empty: boolean;
  /** The sentence of a page that could not be drawn. */
  readonly alert: string | null;
}

/** Script for the page, before its own: long tasks, gaps between frames, WebGL contexts that are alive. */
export const BEFORE = `
  (() => {
    let [task, gap, last] = [0, 0, 0];
    let script = { duration: 0, name: '' };
    new PerformanceObserver(list => {
      for (const { scripts } of list.getEntries())
        for (const { duration, invoker, sourceURL, sourceCharPosition, sourceFunctionName } of scripts)
          if (duration > script.duration)
            script = {
              duration,
              name: Math.round(duration) + ' ms of ' + invoker + ' ' + sourceURL.split('/').at(-1) + ':' + sourceCharPosition + ' ' + sourceFunctionName,
            };
    }).observe({ type: 'long-animation-frame' });
    new PerformanceObserver(list => {
      for (const { duration } of list.getEntries()) task = Math.max(task, duration);
    }).observe({ type: 'longtask' });
    const frame = now => {
      if (last) gap = Math.max(gap, now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    const made = [];
    for (const canvas of [HTMLCanvasElement, OffscreenCanvas]) {
      const own = canvas.prototype.getContext;
      canvas.prototype.getContext = function (kind, ...rest) {
        const context = own.call(this, kind, ...rest);
        if (context && /^webgl/.test(kind) && !made.some(each => each.deref() === context)) made.push(new WeakRef(context));
        return context;
      };
    }
    window.soak = {
      take() {
        const page = document.querySelector('main');
        const box = page?.getBoundingClientRect();
        const found = {
          longestTask: task,
          longestGap: gap,
          empty: !page || box.width < 50 || box.height < 50 || page.innerText.trim() === '',
          alert: document.querySelector('main > p[role=alert]')?.textContent ?? null,
        };
        [task, gap] = [0, 0];
        return found;
      },
      /** The script that ran longest in the slow frames since the last call. */
      slowest() {
        const { name } = script;
        script = { duration: 0, name: '' };
        return name;
      },
      contexts: () => made.filter(each => each.deref() && !each.deref().isContextLost()).length,
    };
  })();
`;
