import { type State, store } from './store.ts';

/** Calls `react` now and whenever one of the selected values changes. Returns the way to stop. */
export function follow<T extends readonly unknown[]>(
  select: (state: State) => readonly [...T],
  react: (values: readonly [...T]) => void,
): () => void {
  let last = select(store.getState());
  react(last);
  return store.subscribe(state => {
    const values = select(state);
    if (values.every((value, i) => Object.is(value, last[i]))) return;
    last = values;
    react(values);
  });
}
