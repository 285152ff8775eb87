/**
 * Holds the CIF reader against gemmi's reading of a folder of files (see gemmi_reference.py): cell, number of atoms in the
 * unit cell, sum of occupancy times Z.
 * Run: npx tsx tests/corpus/compare.ts FOLDER reference.jsonl [-v]
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { elementData } from '../../src/crystal/elements.ts';
import type { Structure } from '../../src/crystal/structure.ts';
import { readCrystalFile } from '../../src/formats/crystalFile.ts';

interface Reading {
  readonly atoms: number;
  readonly charge: number;
  readonly error?: string;
}
interface Block extends Reading {
  readonly name: string;
  readonly cell: readonly number[];
  readonly group: string | null;
  readonly hm: string;
  readonly unknown: readonly string[];
  readonly empty: number;
  readonly operators: Reading | null;
}
interface Row {
  readonly file: string;
  readonly blocks: readonly Block[];
  readonly error?: string;
}

const [folder, reference, flag] = process.argv.slice(2);
if (!folder || !reference) throw new Error('FOLDER and reference.jsonl are needed');
const rows = readFileSync(reference, 'utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line) as Row);

const near = (p: number, q: number, tolerance: number): boolean => Math.abs(p - q) <= tolerance;
const charge = ({ sites }: Structure): number =>
  sites.reduce((sum, { element, occupancy }) => sum + occupancy * elementData(element).z, 0);

function agrees(structure: Structure, block: Block, reading: Reading): boolean {
  return (
    structure.cell.every((value, i) => near(value, block.cell[i]!, 1e-6 * Math.max(1, value))) &&
    structure.sites.length === reading.atoms &&
    near(charge(structure), reading.charge, 1e-6 * Math.max(1, reading.charge))
  );
}

const tally = { agree: 0, byOperators: 0, refused: 0, bothRefuse: 0, oursOnly: 0, differ: 0 };
const said: string[] = [];
const started = performance.now();
for (const row of rows) {
  const result = readCrystalFile(row.file.replace(/\.gz$/, ''), readFileSync(join(folder, row.file)));
  if (row.error !== undefined || row.blocks.length === 0) {
    if (result.ok) {
      tally.oursOnly++;
      said.push(`OURS ONLY ${row.file}: gemmi: ${row.error ?? 'no atoms'}`);
    } else {
      tally.bothRefuse++;
      said.push(`both refuse ${row.file}: ${result.message} | gemmi: ${row.error ?? 'no atoms'}`);
    }
    continue;
  }
  for (const [i, block] of row.blocks.entries()) {
    const ours = result.ok
      ? (result.value.blocks.find(candidate => candidate.label === block.name) ??
        (row.blocks.length === 1 ? result.value.blocks[i] : undefined))
      : undefined;
    if (!ours) {
      tally.refused++;
      const why = result.ok
        ? (result.value.refused.find(refused => refused.label === block.name)?.message ?? 'block not found')
        : `${result.line}: ${result.message}`;
      said.push(`REFUSED ${row.file} [${block.name}]: ${why}`);
    } else if (agrees(ours.structure, block, block)) tally.agree++;
    else if (block.operators && agrees(ours.structure, block, block.operators)) {
      tally.byOperators++;
      if (flag)
        said.push(`by operators ${row.file} [${block.name}] "${block.hm}" gemmi's group ${block.group}`);
    } else {
      tally.differ++;
      said.push(
        `DIFFER ${row.file} [${block.name}] "${block.hm}" → ${block.group}: ours ${ours.structure.sites.length} atoms, ${charge(ours.structure).toFixed(3)}; gemmi ${block.atoms}, ${block.charge.toFixed(3)}; operators ${JSON.stringify(block.operators)}; unknown ${block.unknown.join()}; empty ${block.empty}\n      ${ours.assumptions.join('\n      ')}`,
      );
    }
  }
}
for (const line of said) console.log(line);
const total = tally.agree + tally.byOperators + tally.refused + tally.differ;
console.log(
  JSON.stringify(tally),
  `of ${total} blocks that gemmi reads, ${((100 * (tally.agree + tally.byOperators)) / total).toFixed(2)} % agree; ${((performance.now() - started) / rows.length).toFixed(1)} ms a file`,
);
