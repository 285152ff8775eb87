import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Cell } from '../../src/crystal/cell.ts';
import { elementsOf, type Structure } from '../../src/crystal/structure.ts';
import { formFactorOf } from '../../src/diffraction/formFactor.ts';
import { binCount, PAPER_INSTRUMENT, reflectionWindow } from '../../src/diffraction/instrument.ts';
import { enumerateReflections, limitingSphere } from '../../src/diffraction/reflections.ts';

/** One structure evaluated densely by PyTorch: milliseconds a pattern, and a pattern with loss and six gradients. */
export interface TorchFigure {
  readonly id: string;
  readonly reflections: number;
  /** Patterns computed at once. */
  readonly part: number;
  readonly patternMs: number;
  readonly stepMs: number;
  /** CPU time of a step over the threads: what it would take with the cores to itself. */
  readonly cpuMs: number;
  readonly loss: number;
  readonly gradient: readonly number[];
}

/**
 * A batch of cells that have left the truth by noise needs one padded list of reflections for all of them: a sphere
 * this much larger. (It gives 390, 1790 and 2930 reflections for the three structures for which StructSnap, the
 * simulator of the paper, was found to carry 420, 1862 and 2874.)
 */
const PADDING = 1.3;

const PYTHONS = ['/usr/bin/python3', 'python3'];

/** Figures of dense_torch.py, or why there are none. */
export function measureTorch(
  cases: readonly { id: string; structure: Structure; cells: readonly Cell[] }[],
  threads: number,
): { torch: string; python: string; results: readonly TorchFigure[] } | { missing: string } {
  const python = PYTHONS.find(name => spawnSync(name, ['-c', 'import torch']).status === 0);
  if (!python) return { missing: 'no Python with torch was found (tried /usr/bin/python3 and python3)' };
  const { wavelength, eta, step, twoThetaMin: low, u, v, w } = PAPER_INSTRUMENT;
  const job = {
    wavelength,
    eta,
    step,
    low,
    u,
    v,
    w,
    bins: binCount(PAPER_INSTRUMENT),
    uMax: Math.sin((reflectionWindow(PAPER_INSTRUMENT).upper * Math.PI) / 360) ** 2,
    threads,
    rounds: 3,
    // 240 MB a float32 tensor of (patterns × reflections × bins); autograd keeps about eight of them
    elements: 6e7,
    cases: cases.map(({ id, structure, cells }) => caseOf(id, structure, cells)),
  };
  const run = spawnSync(python, [join(import.meta.dirname, 'dense_torch.py')], {
    input: JSON.stringify(job),
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  if (run.status !== 0) return { missing: `dense_torch.py failed: ${run.stderr.trim().split('\n').at(-1)}` };
  return { python, ...JSON.parse(run.stdout) };
}

function caseOf(id: string, { cell, sites }: Structure, cells: readonly Cell[]): object {
  const half = enumerateReflections(cell, PADDING * limitingSphere(PAPER_INSTRUMENT));
  const hkl: number[][] = [];
  for (let i = 0; i < half.length; i += 3) {
    const [h, k, l] = [half[i]!, half[i + 1]!, half[i + 2]!];
    hkl.push([h, k, l], [-h, -k, -l]);
  }
  const elements = elementsOf(sites);
  const factors = elements.map(formFactorOf);
  return {
    id,
    truth: cell,
    cells,
    hkl,
    z: factors.map(factor => factor.z),
    a: factors.map(factor => Array.from(factor.a)),
    b: factors.map(factor => Array.from(factor.b)),
    fract: sites.map(site => site.fract),
    member: sites.map(site => elements.map(element => (site.element === element ? site.occupancy : 0))),
  };
}
