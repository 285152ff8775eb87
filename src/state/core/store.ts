import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { createStore } from 'zustand/vanilla';
import { DEFAULT_INPUTS, type Inputs } from './inputs.ts';

/** A sentence for the user that stays until dismissed or replaced by a newer one of the same id. */
export interface Notice {
  readonly id: string;
  readonly tone: 'info' | 'warning' | 'error';
  readonly text: string;
  /** Ways on besides dismissing it. */
  readonly actions?: readonly { readonly label: string; run(): void }[];
}

/** Results of pages by the name of the page, which adds its own: `interface Slices { readonly energy: EnergyState }`. */
// biome-ignore lint/suspicious/noEmptyInterface: pages fill it by declaration merging
export interface Slices {}

/** Everything on screen: the inputs, and what follows from them. Values are replaced, never written to. */
export interface State extends Slices {
  readonly inputs: Inputs;
  readonly past: readonly Inputs[];
  readonly future: readonly Inputs[];
  readonly notices: readonly Notice[];
}

/** The state before any page has registered its part. */
const CORE = { inputs: DEFAULT_INPUTS, past: [], future: [], notices: [] };

export const store = createStore<State>(() => CORE as unknown as State);

/** The store as a React hook: components select single values. */
export const useBraggscape = <T>(select: (state: State) => T): T => useStore(store, select);

/** Several values at once, as a list or a record; a component draws again when one of them is another. */
export const useSeveral = <T>(select: (state: State) => T): T => useStore(store, useShallow(select));

/** A page's part of the state as its own jobs and actions read and write it. */
export interface StoreSlice<T> {
  get(): T;
  /** Replaces some of its values; the slices of other pages stay the same objects. */
  set(change: Partial<T> | ((slice: T) => Partial<T>)): void;
}

/** Adds the slice of a page with what it holds at first. */
export function registerSlice<K extends keyof Slices>(id: K, initial: Slices[K]): StoreSlice<Slices[K]> {
  store.setState({ [id]: initial } as Partial<State>);
  return {
    get: () => store.getState()[id],
    set: change =>
      store.setState(state => {
        const slice = state[id];
        const changed = typeof change === 'function' ? change(slice) : change;
        return { [id]: { ...(slice as object), ...changed } } as Partial<State>;
      }),
  };
}

/** Adds values that lie flat in the state. */
export const registerFields = <T extends Partial<State>>(initial: T): void => store.setState(initial);
