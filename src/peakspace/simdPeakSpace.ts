import { SAME_POSITION } from './patternPeaks.ts';
import type { DistinctField, PeakSpace } from './peakSpace.ts';
import { type PeakSetting, peakCapacity } from './peakStage.ts';
import { ARCSINE, PANEL_TERMS } from './peakTables.ts';
import type { ProfileTree } from './profileTree.ts';
import type { ReflectionList } from './reflectionList.ts';
import { type Columns, pairedProducts, placeColumns } from './simdColumns.ts';
import { SimdMemory } from './simdModule.ts';
import { type PlacedTree, placeTree, valueAndSlope } from './simdTree.ts';
import type { TargetTable } from './targetTable.ts';

/** `PeakSpace` in WebAssembly with two lanes; null where it cannot run. */
export function simdPeakSpace(setting: PeakSetting, target: TargetTable): PeakSpace | null {
  const memory = SimdMemory.create();
  if (!memory) return null;
  const { code } = memory;
  const { instrument, lines, factors, uMin, uMax } = setting;
  const { u: cagliotiU, v: cagliotiV, w: cagliotiW, eta } = instrument;
  const recipAt = memory.column(6);
  const gammaAt = memory.column(6);
  const arcsineAt = memory.put(ARCSINE);
  const factorsAt = memory.put(valueAndSlope(factors.coefficients, [PANEL_TERMS]));
  const targetAt = memory.put(target.coefficients);
  const trees = new Map<ProfileTree, PlacedTree>();
  let columns: Columns | null = null;
  let list: ReflectionList | null = null;
  let count = 0;
  let placed: PlacedTree | null = null;
  let field: DistinctField | null = null;

  const treeFor = (tree: ProfileTree): PlacedTree => {
    const made = trees.get(tree) ?? placeTree(memory, tree);
    trees.set(tree, made);
    return made;
  };

  const sort = ({ tree: { axis, blocks }, start }: PlacedTree): number => {
    const c = columns!;
    const s = c.sorted;
    code.sortIntoLeaves(
      count,
      axis.leaves,
      axis.low,
      1 / axis.leafWidth,
      c.position,
      c.width,
      c.intensity,
      c.widthSlope,
      start,
      s.leafOf,
      s.localOf,
      s.peak,
      s.position,
      s.width,
      s.intensity,
      s.widthSlope,
      s.local,
    );
    // among a leaf's many peaks the search for equal ones costs more than it saves
    const same = blocks ? -1 : SAME_POSITION;
    return code.mergeEqual(
      axis.leaves,
      start,
      s.peak,
      s.position,
      s.width,
      s.intensity,
      s.widthSlope,
      s.local,
      s.place,
      same,
    );
  };

  const nearBy = ({ tree: { axis, near }, start, nearTable, blocks }: PlacedTree): void => {
    const s = columns!.sorted;
    if (!blocks) {
      code.nearField(
        axis.leaves,
        nearTable,
        near.panelsPerUnit,
        near.self,
        start,
        s.position,
        s.width,
        s.intensity,
        s.widthSlope,
        s.byIntensity,
        s.byPosition,
      );
      return;
    }
    code.nearMoments(axis.leaves, start, s.local, s.intensity, blocks.moments);
    code.nearPotentials(axis.leaves, blocks.blocks, blocks.moments, blocks.potential);
    memory.f64(s.byIntensity, count).fill(0);
    memory.f64(s.byPosition, count).fill(0);
    const perDegree = 2 / axis.leafWidth;
    code.gather(axis.leaves, 16, perDegree, start, s.local, blocks.potential, s.byIntensity, s.byPosition);
  };

  return {
    use(next) {
      list = next;
      field = null;
      const room = peakCapacity(next, instrument);
      if (!columns || room > columns.room)
        columns = placeColumns(memory, next.count + (next.count >> 2), room + (room >> 2), next.elements);
      pairedProducts(next, memory.f64(columns.products, 6 * (next.count + (next.count & 1))));
      memory.f64(columns.sums, next.sums.length).set(next.sums);
    },
    find(recip) {
      const c = columns!;
      const metric = memory.f64(recipAt, 6);
      metric[0] = recip[0]!;
      metric[1] = recip[4]!;
      metric[2] = recip[8]!;
      metric[3] = recip[1]!;
      metric[4] = recip[2]!;
      metric[5] = recip[5]!;
      count = 0;
      for (const { wavelength, weight, stretch } of lines) {
        const quarter = (wavelength * wavelength) / 4;
        const index = c.index + 4 * count;
        const at = 8 * count;
        const n = code.insideWindow(c.products, list!.count, recipAt, quarter, uMin, uMax, index, c.u + at);
        code.peakStage(
          n,
          index,
          c.u + at,
          c.sums,
          list!.elements,
          factorsAt,
          factors.panelsPerUnit / stretch,
          factors.panelsPerUnit,
          arcsineAt,
          cagliotiU,
          cagliotiV,
          cagliotiW,
          2 * weight,
          stretch,
          c.position + at,
          c.width + at,
          c.intensity + at,
          c.widthSlope + at,
          c.positionByU + at,
          c.intensityByU + at,
        );
        count += n;
      }
      return count;
    },
    squaredNorm(tree, derivatives) {
      if (placed?.tree !== tree) field = null;
      placed = treeFor(tree);
      const { axis } = tree;
      const { start, moments, potential, pattern, edges, far, shiftRows, shiftColumns } = placed;
      const s = columns!.sorted;
      const kept = sort(placed);
      const near = code.peaksNear(edges.count, edges.near, start);
      if (near > placed.profile.room) placed.profile = { room: 2 * near, at: memory.column(4 * near) };
      const profile = placed.profile.at;
      code.leafMoments(axis.leaves, start, s.local, s.intensity, moments);
      for (let level = 1; level < axis.levels.length; level++) {
        const { cells, offset } = axis.levels[level]!;
        const children = moments + 80 * axis.levels[level - 1]!.offset;
        code.moveUp(cells, shiftColumns, moments + 80 * offset, children);
      }
      const beyond = code.patternBeyond(
        edges.count,
        eta,
        edges.at,
        edges.weight,
        edges.first,
        edges.cell,
        edges.coefficients,
        edges.near,
        start,
        s.position,
        s.width,
        s.intensity,
        s.widthSlope,
        moments,
        profile,
        pattern,
      );
      nearBy(placed);
      if (!derivatives)
        return (
          code.energyOf(kept, s.intensity, s.byIntensity) +
          code.farEnergy(far.count, far.pairs, far.blocks, moments) -
          beyond
        );
      memory.f64(potential, axis.total * 10).fill(0);
      code.throughBlocks(far.count, far.pairs, far.blocks, moments, potential);
      code.takeOffEdges(
        edges.count,
        edges.weight,
        edges.first,
        edges.cell,
        edges.coefficients,
        edges.near,
        start,
        profile,
        pattern,
        potential,
        s.byIntensity,
        s.byPosition,
      );
      for (let level = axis.levels.length - 1; level > 0; level--) {
        const { cells, offset } = axis.levels[level]!;
        const children = potential + 80 * axis.levels[level - 1]!.offset;
        code.moveDown(cells, shiftRows, moments + 80 * offset, potential + 80 * offset, children);
      }
      const perDegree = 2 / axis.leafWidth;
      code.gather(axis.leaves, 10, perDegree, start, s.local, potential, s.byIntensity, s.byPosition);
      return code.energyOf(kept, s.intensity, s.byIntensity);
    },
    distinct() {
      // growing the memory takes the views away
      if (!field?.order.position.length) field = fieldAt(memory, columns!, placed!);
      return field;
    },
    dot() {
      const c = columns!;
      return code.productWithTarget(
        count,
        targetAt,
        target.low,
        target.panelsPerDegree,
        c.position,
        c.intensity,
        c.positionByU,
        c.intensityByU,
        c.dotByU,
      );
    },
    slopes(k1, k2, gamma) {
      const c = columns!;
      code.assemble(
        count,
        c.products,
        c.index,
        c.sorted.place,
        c.intensity,
        c.positionByU,
        c.intensityByU,
        c.dotByU,
        c.sorted.byIntensity,
        c.sorted.byPosition,
        setting.quarter * k1,
        setting.quarter * k2,
        gammaAt,
      );
      gamma.set(memory.f64(gammaAt, 6));
    },
  };
}

/** Views of the sorted peaks. */
function fieldAt(memory: SimdMemory, { room, sorted }: Columns, { tree, start }: PlacedTree): DistinctField {
  const column = (at: number): Float64Array => memory.f64(at, room);
  return {
    order: {
      start: memory.i32(start, tree.axis.leaves + 1),
      peak: memory.i32(sorted.peak, room),
      position: column(sorted.position),
      width: column(sorted.width),
      intensity: column(sorted.intensity),
      widthSlope: column(sorted.widthSlope),
      local: column(sorted.local),
      leafOf: memory.i32(sorted.leafOf, room),
      localOf: column(sorted.localOf),
    },
    byIntensity: column(sorted.byIntensity),
    byPosition: column(sorted.byPosition),
  };
}
