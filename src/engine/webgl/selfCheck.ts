import { type Cell, reciprocalMetric } from '../../crystal/cell.ts';
import { obliqueIn } from '../../diffraction/mergedReflections.ts';
import { scatteringModel, simulatePattern } from '../../diffraction/pattern.ts';
import { LOSSES, lossOf } from '../../losses/registry.ts';
import type { Problem } from '../engine.ts';
import { batchPatterns } from './batch.ts';
import type { Device } from './device.ts';
import type { GpuSelfCheck } from './gpuProtocol.ts';
import { batchLosses } from './losses.ts';
import { ProblemTextures } from './problemTextures.ts';
import { onGpu } from './webglRefusal.ts';

/** Every loss and the patterns against float64, and the time of one cosine loss. */
export function selfCheck(device: Device, problem: Problem, flat: Float64Array): GpuSelfCheck {
  const cells = Array.from({ length: flat.length / 6 }, (_, i) => flat.slice(6 * i, 6 * i + 6));
  const reference = cells.map(cell =>
    simulatePattern(
      scatteringModel(problem.sites, problem.instrument, Array.from(cell) as unknown as Cell),
      cell,
    ),
  );
  const oblique = obliqueIn(cells.map(cell => reciprocalMetric(cell)));
  let worstLoss = 0;
  let worstPattern = 0;
  let msPerCell = Number.POSITIVE_INFINITY;
  for (const { id } of LOSSES.filter(loss => onGpu(loss.id))) {
    const textures = new ProblemTextures(device, { ...problem, loss: id }, device.maxSide);
    try {
      for (const { list, members } of textures.listsFor(cells)) {
        const merged = textures.mergedFor(list, oblique);
        const chosen = members.map(i => cells[i]!);
        const byPairs = textures.pairUnits(merged) !== null;
        const batch = { device, textures, list, merged, byPairs, cells: chosen, rows: members.length };
        const losses = device.within(() => batchLosses(batch, null));
        for (const [at, i] of members.entries()) {
          const expected = lossOf(id).value(problem.target, reference[i]!);
          worstLoss = Math.max(worstLoss, Math.abs(losses[at]! - expected) / Math.max(1, Math.abs(expected)));
        }
        if (id !== 'cosine') continue;
        const patterns = device.within(() => batchPatterns(batch));
        for (const [at, i] of members.entries()) {
          const expected = reference[i]!;
          const most = expected.reduce((x, y) => Math.max(x, y), 0);
          for (let bin = 0; bin < expected.length; bin++) {
            const off = Math.abs(patterns[at * expected.length + bin]! - expected[bin]!);
            worstPattern = Math.max(worstPattern, off / most);
          }
        }
        const start = performance.now();
        device.within(() => batchLosses(batch, null));
        msPerCell = Math.min(msPerCell, (performance.now() - start) / members.length);
      }
    } finally {
      textures.dispose();
    }
  }
  return { worstLoss, worstPattern, msPerCell };
}
