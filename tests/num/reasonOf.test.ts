import { expect, it } from 'vitest';
import { plainWords, reasonOf } from '../../src/num/reasonOf.ts';

/** The error that this makes. */
const thrown = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};

it('says the errors of this engine in words of a user', () => {
  const deep = (): number => 1 + deep();
  const nothing = undefined as unknown as { x: { y: number }; f(): void };

  expect(reasonOf(thrown(deep))).toBe('it is too long or too deeply nested for this device');
  expect(reasonOf(thrown(() => Math.max(...new Float64Array(1e6))))).toBe(
    'it is too long or too deeply nested for this device',
  );
  expect(reasonOf(thrown(() => new Float64Array(2 ** 40)))).toBe('this device has not enough memory for it');
  expect(reasonOf(thrown(() => 'x'.repeat(2 ** 30)))).toBe('this device has not enough memory for it');
  for (const fault of [
    () => nothing.x.y,
    () => nothing.f(),
    () => ({ f: 1 as never as () => void }).f(),
    () => [...(3 as never as [])],
  ])
    expect(reasonOf(thrown(fault))).toMatch(/^Braggscape has a fault there \(.+\)$/);
});

it('says those of other browsers and of disks, and keeps what stands before them', () => {
  expect(plainWords('The file could not be opened: too much recursion')).toBe(
    'The file could not be opened: it is too long or too deeply nested for this device',
  );
  expect(plainWords("undefined is not an object (evaluating 'a.b')")).toMatch(/^Braggscape has a fault/);
  expect(plainWords('ENOSPC: no space left on device, write')).toBe('the disk is full');
  expect(plainWords('U2Ti.cif: Load failed')).toBe(
    'U2Ti.cif: there is no answer; the connection may be gone',
  );
  expect(plainWords('Failed to fetch dynamically imported module: http://x/y.js')).toMatch(
    /^a part of the page/,
  );
});

it('leaves sentences of its own as they are', () => {
  for (const text of [
    '',
    'a.cif, line 3: “x” is not a number',
    '“k0” in the link is not a setting of Braggscape.',
  ])
    expect(plainWords(text)).toBe(text);
});
