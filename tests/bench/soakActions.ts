import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import type { Rng } from '../../src/num/rng.ts';
import { IN_NAVIGATION } from '../../src/state/core/pages.ts';
import { mutated } from '../fuzz/mutate.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures');
/** Links as they are sent: those of the tests for the sake of every setting at its limit are longer. */
const MOST_LETTERS = 160;
const LINKS = (
  JSON.parse(readFileSync(join(FIXTURES, 'links.json'), 'utf8')) as { links: { link: string }[] }
).links
  .map(({ link }) => link)
  .filter(link => link.length < MOST_LETTERS);
const FILES = ['cif', 'patterns'].flatMap(folder =>
  readdirSync(join(FIXTURES, folder))
    .filter(name => !/\.jsonl?$/.test(name))
    .sort()
    .map(name => ({ name, bytes: new Uint8Array(readFileSync(join(FIXTURES, folder, name))) })),
);
const KEYS = [
  ...['Tab', 'Shift+Tab', 'Enter', 'Space', 'Escape', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'],
  ...['Home', 'End', 'PageUp', 'PageDown', 'Control+z', 'Control+Shift+z', 'Backspace', 'Delete', '?'],
  ...'abcdefghijklmnopqrstuvwxyz0123456789.-'.split(''),
];

export const pick = <T>(rng: Rng, choices: readonly T[]): T =>
  choices[Math.floor(rng.uniform() * choices.length)]!;

/** A point of the window. */
function place(page: Page, rng: Rng): [number, number] {
  const { width, height } = page.viewportSize()!;
  return [rng.uniform() * width, rng.uniform() * height];
}

async function clickSomewhere(page: Page, rng: Rng): Promise<string> {
  const [x, y] = place(page, rng);
  const shift = rng.uniform() < 0.2;
  if (shift) await page.keyboard.down('Shift');
  await page.mouse.click(x, y, { clickCount: rng.uniform() < 0.1 ? 2 : 1 });
  if (shift) await page.keyboard.up('Shift');
  return `click ${x.toFixed(0)},${y.toFixed(0)}`;
}

/** A control that can be seen, by its place in the document. */
async function useControl(page: Page, rng: Rng): Promise<string> {
  const share = rng.uniform();
  const value = pick(rng, ['0', '-1', '1e999', '0.5', '12', '90', '1000000', '', 'abc', '3,7']);
  const point = await page.evaluate(at => {
    const open = document.querySelector('dialog[open], [popover]:popover-open');
    const seen = [
      ...(open ?? document).querySelectorAll<HTMLElement>(
        'button, a, input, select, summary, [role=radio], [role=tab], [tabindex]',
      ),
    ].filter(element => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return width > 0 && height > 0 && x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
    });
    const element = seen[Math.floor(at * seen.length)];
    if (!element) return null;
    const { x, y, width, height } = element.getBoundingClientRect();
    const text = (element.ariaLabel ?? element.textContent ?? '').trim().slice(0, 40);
    return {
      x: x + width / 2,
      y: y + height / 2,
      name: `${element.tagName.toLowerCase()} "${text}"`,
      type: (element as HTMLInputElement).type,
    };
  }, share);
  if (!point) return 'no control';
  await page.mouse.click(point.x, point.y);
  if (point.type === 'text' || point.type === 'number') {
    await page.keyboard.press('Control+a');
    await page.keyboard.type(value);
    await page.keyboard.press('Enter');
    return `${point.name} = ${value}`;
  }
  if (point.type === 'range' || point.type?.startsWith('select'))
    for (let i = 0; i < 3; i++)
      await page.keyboard.press(pick(rng, ['ArrowDown', 'ArrowUp', 'Home', 'End', 'Enter']));
  return `use ${point.name}`;
}

async function drag(page: Page, rng: Rng): Promise<string> {
  const [from, to] = [place(page, rng), place(page, rng)];
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(...to, { steps: 8 });
  await page.mouse.up();
  return `drag ${from.map(Math.round)} to ${to.map(Math.round)}`;
}

async function wheel(page: Page, rng: Rng): Promise<string> {
  await page.mouse.move(...place(page, rng), { steps: 4 });
  await page.mouse.wheel(0, (rng.uniform() - 0.5) * 2000);
  return 'wheel';
}

async function keys(page: Page, rng: Rng): Promise<string> {
  const pressed = Array.from({ length: 1 + Math.floor(rng.uniform() * 5) }, () => pick(rng, KEYS));
  for (const key of pressed) await page.keyboard.press(key);
  return `keys ${pressed.join(' ')}`;
}

/** By the navigation, dialogs closed before; by a link where it is not seen. */
async function turnTo(page: Page, rng: Rng): Promise<string> {
  const { id, label } = pick(rng, IN_NAVIGATION);
  for (let i = 0; i < 4 && (await page.locator('dialog[open]').count()) > 0; i++)
    await page.keyboard.press('Escape');
  const link = page.getByRole('navigation').getByText(label, { exact: true }).first();
  if (await link.isVisible()) await link.click({ timeout: 2000 });
  else
    await page.evaluate(hash => {
      location.hash = hash;
    }, `v=1&p=${id}`);
  return `page ${label}`;
}

async function follow(page: Page, rng: Rng): Promise<string> {
  const link = pick(rng, LINKS);
  await page.evaluate(hash => {
    location.hash = hash;
  }, link);
  return `link ${link}`;
}

/** One to three files, a third of them damaged, dropped at once. */
async function drop(page: Page, rng: Rng): Promise<string> {
  const files = Array.from({ length: 1 + Math.floor(rng.uniform() * 3) }, () => {
    const { name, bytes } = pick(rng, FILES);
    const damage = Math.floor(rng.uniform() * 1e9);
    return { name, bytes: [...(rng.uniform() < 0.33 ? mutated([bytes], damage) : bytes)] };
  });
  await page.evaluate(given => {
    const data = new DataTransfer();
    for (const { name, bytes } of given) data.items.add(new File([new Uint8Array(bytes)], name));
    document.body.dispatchEvent(
      new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
    );
  }, files);
  return `drop ${files.map(({ name }) => name).join(', ')}`;
}

async function resize(page: Page, rng: Rng): Promise<string> {
  const size = {
    width: pick(rng, [320, 390, 768, 1024, 1280, 1920]),
    height: pick(rng, [480, 700, 844, 1080]),
  };
  await page.setViewportSize(size);
  return `size ${size.width} × ${size.height}`;
}

/** What a user may do; each says what it did. */
export const ACTIONS: readonly ((page: Page, rng: Rng) => Promise<string>)[] = [
  ...[useControl, useControl, useControl, useControl, clickSomewhere, clickSomewhere, drag, drag],
  ...[wheel, keys, keys, turnTo, follow, drop, resize],
];
