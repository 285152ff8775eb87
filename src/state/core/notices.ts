import { type Notice, store } from './store.ts';

/** Adds a notice or replaces the one of the same id. */
export const notify = (notice: Notice): void =>
  store.setState(state => ({ notices: [...state.notices.filter(other => other.id !== notice.id), notice] }));

export const dismiss = (id: string): void =>
  store.setState(state => ({ notices: state.notices.filter(notice => notice.id !== id) }));
