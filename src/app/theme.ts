import { useSyncExternalStore } from 'react';

/** Light or dark: the system's choice until the user makes one, which this browser remembers. */
export type Theme = 'light' | 'dark';

const KEY = 'braggscape-theme';
const system = matchMedia('(prefers-color-scheme: dark)');

/** Private windows may refuse storage; the choice then lasts as long as the page. */
function stored(): Theme | null {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : null;
  } catch {
    return null;
  }
}

let chosen = stored();
const listeners = new Set<() => void>();

const theme = (): Theme => chosen ?? (system.matches ? 'dark' : 'light');

const apply = (): void => {
  document.documentElement.dataset.theme = theme();
  for (const listener of listeners) listener();
};

/** Sets the theme on the page and follows the system. Called once, before the first paint. */
export function startTheme(): void {
  apply();
  system.addEventListener('change', apply);
}

export function toggleTheme(): void {
  chosen = theme() === 'dark' ? 'light' : 'dark';
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // Refused: nothing to remember it in.
  }
  apply();
}

export const useTheme = (): Theme =>
  useSyncExternalStore(listener => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, theme);
