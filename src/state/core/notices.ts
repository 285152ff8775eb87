import { type Notice, store } from './store.ts';

/** Longest text of a notice: it stands over the page. */
const MOST_TEXT = 1000;

/** Adds a notice or replaces the one of the same id. */
export function notify(notice: Notice): void {
  const { id, text } = notice;
  const shown = text.length > MOST_TEXT ? { ...notice, text: `${text.slice(0, MOST_TEXT)}…` } : notice;
  store.setState(({ notices }) => ({ notices: [...notices.filter(other => other.id !== id), shown] }));
}

export const dismiss = (id: string): void =>
  store.setState(state => ({ notices: state.notices.filter(notice => notice.id !== id) }));
