import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8 } from 'fflate';
import type { MeasuredScan } from '../../src/formats/measuredScan.ts';
import { readPatternFile } from '../../src/formats/patternFile.ts';

export const scans = (content: string | Uint8Array): readonly MeasuredScan[] => {
  const read = readPatternFile('a.xy', typeof content === 'string' ? strToU8(content) : content);
  if (!read.ok) throw new Error(read.message);
  return read.value.scans;
};
export const scan = (content: string | Uint8Array): MeasuredScan => scans(content)[0]!;
export const refusal = (content: string | Uint8Array): string => {
  const read = readPatternFile('a.xy', typeof content === 'string' ? strToU8(content) : content);
  if (read.ok) throw new Error(`was read: ${read.value.scans[0]!.assumptions.join('; ')}`);
  return read.message;
};
export const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(join(import.meta.dirname, '../fixtures/patterns', name)));
