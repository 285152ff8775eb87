import { store } from './store.ts';

/** A sentence for the user that stays until dismissed or replaced by a newer one of the same id. */
export interface Notice {
  readonly id: string;
  readonly tone: 'info' | 'warning' | 'error';
  readonly text: string;
  /** A way on besides dismissing it. */
  readonly action?: { readonly label: string; run(): void };
}

/** Adds a notice or replaces the one of the same id. */
export const notify = (notice: Notice): void =>
  store.setState(state => ({ notices: [...state.notices.filter(other => other.id !== notice.id), notice] }));

export const dismiss = (id: string): void =>
  store.setState(state => ({ notices: state.notices.filter(notice => notice.id !== id) }));
