import { afterEach, expect, test } from 'vitest';
import '../../src/app/theme.css';
import { readPalette, watchTheme } from '../../src/views/palette.ts';

const root = document.documentElement;
afterEach(() => {
  delete root.dataset.theme;
});

test.each(['light', 'dark'] as const)('the colours of either theme are read while the page is %s', theme => {
  root.dataset.theme = theme;
  const other = theme === 'light' ? 'dark' : 'light';
  const shown = readPalette(document.body);
  expect(readPalette(document.body, theme)).toEqual(shown);
  const palettes = { [theme]: shown, [other]: readPalette(document.body, other) };
  expect(palettes['light']).toMatchObject({ panel: '#ffffff', truthLine: '#8d97a1' });
  expect(palettes['dark']).toMatchObject({ panel: '#14181c', truthLine: '#7d8791' });
  expect(document.body.querySelector('[data-theme]')).toBeNull();
});

test('a change of the theme is told, until it is no longer asked for', async () => {
  let told = 0;
  const stop = watchTheme(() => told++);
  root.dataset.theme = 'dark';
  await Promise.resolve();
  expect(told).toBe(1);
  stop();
  root.dataset.theme = 'light';
  await Promise.resolve();
  expect(told).toBe(1);
});
