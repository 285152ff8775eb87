import { DEFAULT_INPUTS, type Inputs } from './inputs.ts';
import { neverUndone, type Place, rulesOf, withValue } from './settings.ts';
import { store } from './store.ts';

const UNDO_DEPTH = 100;

/** Replaces the inputs; `undoable` puts the previous ones on the undo stack. */
export function setInputs(next: Inputs, undoable = true): void {
  store.setState(state => {
    if (next === state.inputs) return {};
    if (!undoable) return { inputs: next };
    return { inputs: next, past: [...state.past, state.inputs].slice(-UNDO_DEPTH), future: [] };
  });
}

/** Changes one setting, and what its group says must change with it. A refusal comes back as a sentence. */
export function changeSetting(place: Place, value: unknown, undoable?: boolean): string | null {
  const { inputs } = store.getState();
  const owner = place.group ?? (place.name as keyof Inputs);
  return take(owner, withValue(inputs, place, value), undoable);
}

/** Changes settings of a group; those that do not go together are refused with a sentence. */
export function changeSettings<G extends keyof Inputs>(
  group: G,
  change: Partial<Inputs[G]>,
  undoable?: boolean,
): string | null {
  const { inputs } = store.getState();
  const values = { ...(inputs[group] as object), ...(change as object) };
  return take(group, { ...inputs, [group]: values }, undoable);
}

/** The defaults of a group. */
export const resetSettings = (group: keyof Inputs): void =>
  void changeSettings(group, DEFAULT_INPUTS[group] as never);

function take(owner: keyof Inputs, next: Inputs, undoable?: boolean): string | null {
  const { undo = true, problem, also } = rulesOf(owner);
  const refused = problem?.(next[owner]) ?? null;
  if (refused === null) setInputs(also ? also(next) : next, undoable ?? undo);
  return refused;
}

/** The settings of another time, but for those that undo never changes. */
const restored = (kept: Inputs, now: Inputs): Inputs => ({
  ...kept,
  ...Object.fromEntries(neverUndone().map(name => [name, now[name]])),
});

export function undo(): void {
  store.setState(({ past, inputs: now, future }) => {
    const previous = past.at(-1);
    return previous
      ? { inputs: restored(previous, now), past: past.slice(0, -1), future: [now, ...future] }
      : {};
  });
}

export function redo(): void {
  store.setState(({ past, inputs: now, future }) => {
    const [next, ...rest] = future;
    return next ? { inputs: restored(next, now), past: [...past, now], future: rest } : {};
  });
}
