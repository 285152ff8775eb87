import { plainWords } from '../../num/reasonOf.ts';
import { type Notice, store } from './store.ts';

/** Longest text of a notice: it stands over the page. */
const MOST_TEXT = 1000;

/** Adds a notice or replaces the one of the same id. */
export function notify(notice: Notice): void {
  const { length } = notice.text;
  const text = plainWords(notice.text.slice(0, MOST_TEXT)) + (length > MOST_TEXT ? '…' : '');
  store.setState(({ notices }) => ({
    notices: [...notices.filter(({ id }) => id !== notice.id), { ...notice, text }],
  }));
}

export const dismiss = (id: string): void =>
  store.setState(state => ({ notices: state.notices.filter(notice => notice.id !== id) }));
