import { type Cell, cellVolume } from '../../crystal/cell.ts';
import { elementsOf } from '../../crystal/structure.ts';
import { formFactorOf, scatteringFactor, scatteringFactorSlope } from '../../diffraction/formFactor.ts';
import { binCount, reflectionWindow } from '../../diffraction/instrument.ts';
import type { Oblique } from '../../diffraction/mergedReflections.ts';
import { covers, scatteringModel } from '../../diffraction/pattern.ts';
import type { Problem } from '../engine.ts';
import type { Device, Texture } from './device.ts';
import { gpuLossOf, type TargetSums } from './gpuLosses.ts';
import {
  disposeList,
  type ListTextures,
  type MergedTextures,
  mergedOf,
  type NodeGrid,
  nodeGrid,
  uploadList,
} from './listTextures.ts';
import { disposePairs, type PairTextures, pairTextures } from './pairTextures.ts';
import { type TexelLayout, texelLayout, texelsFor } from './texels.ts';

/** Form factors are tabulated at this many points in s; the interpolation error stays below 1e-9 of Z. */
const FACTOR_NODES = 1024;
/** A list serves cells within this stretch of the one it was drawn up at: every 1 % more is 3 % more reflections. */
const LIST_STRETCH = 1.06;
/** Lists kept of one problem; a slice of ±10 % needs two or three, all six parameters at random up to ten. */
const KEPT_LISTS = 12;
/** A cell much smaller than the one a list was drawn up at would find most of the list outside the window. */
const LEAST_VOLUME = 0.6;
/** A pair of peaks costs no more than this many profiles at a bin; measured, about one in software rendering. */
const PAIR_COST = 2;

/** Everything of one problem that stays on the GPU between batches. */
export class ProblemTextures {
  readonly problem: Problem;
  /** Calls under way that use these textures; lists are thrown away only between calls. */
  users = 0;
  readonly bins: number;
  readonly quarters: TexelLayout;
  readonly target: Texture;
  readonly targetSums: TargetSums;
  readonly grid: NodeGrid;
  /** Null where the loss needs the pattern. */
  readonly pairs: PairTextures | null;
  readonly factors: Texture;
  /** Table nodes per unit of sinθ. */
  readonly factorDensity: number;
  private readonly device: Device;
  private readonly widest: number;
  private lists: ListTextures[] = [];

  /** @param widest longest side that a texture may have, texels */
  constructor(device: Device, problem: Problem, widest: number) {
    const { instrument } = problem;
    this.device = device;
    this.widest = widest;
    this.problem = problem;
    this.bins = binCount(instrument);
    this.quarters = texelLayout(Math.ceil(this.bins / 4), widest);
    const scale = gpuLossOf(problem.loss).targetScale(problem.target);
    const target = texelsFor(this.quarters, 1);
    // A row of quarters is contiguous whatever the fold.
    let square = 0;
    for (let i = 0; i < this.bins; i++) {
      const x = problem.target[i]! / scale;
      target.data[i] = x;
      square += x * x;
    }
    this.target = device.upload(target);
    this.targetSums = { square };
    this.grid = nodeGrid(instrument, widest);
    this.pairs = problem.loss === 'cosine' ? pairTextures(device, problem, this.grid, scale, widest) : null;
    const sineMax = Math.sin((reflectionWindow(instrument).upper * Math.PI) / 360);
    this.factorDensity = (FACTOR_NODES - 2) / sineMax;
    this.factors = device.upload(factorTable(problem, 1 / this.factorDensity));
  }

  /** The cells sorted to the reflection lists that cover them; lists are drawn up at the largest cells. */
  listsFor(cells: readonly Float64Array[]): { readonly list: ListTextures; readonly members: number[] }[] {
    const volumes = cells.map(cellVolume);
    const order = cells.map((_, i) => i).sort((i, j) => volumes[j]! - volumes[i]!);
    const groups: { readonly list: ListTextures; readonly members: number[] }[] = [];
    let known = this.lists;
    let left = order;
    while (left.length) {
      const list = known.length ? known[0]! : this.draw(cells[left[0]!]!);
      const least = LEAST_VOLUME * cellVolume(list.model.reference);
      const fits = (i: number): boolean => volumes[i]! >= least && covers(list.model, cells[i]!);
      const members = left.filter(fits);
      if (members.length) groups.push({ list, members: members.sort((i, j) => i - j) });
      const taken = new Set(members);
      left = left.filter(i => !taken.has(i));
      known = known.slice(1);
    }
    if (this.users <= 1) this.prune(new Set(groups.map(group => group.list)));
    return groups;
  }

  /** The reflections of a list for cells with right angles but for the oblique ones. */
  mergedFor(list: ListTextures, oblique: Oblique): MergedTextures {
    return mergedOf(this.device, list, oblique, this.widest);
  }

  /** Work of one cell's loss by pairs of peaks; null where the pattern is the better way. */
  pairUnits({ rows: { layout, count } }: MergedTextures): number | null {
    if (!this.pairs || layout.fold > 1) return null;
    const units = layout.columns * (0.5 * layout.columns + 4 * this.pairs.quads);
    return PAIR_COST * units < count * this.bins ? units : null;
  }

  dispose(): void {
    for (const list of this.lists) disposeList(list);
    this.lists = [];
    if (this.pairs) disposePairs(this.pairs);
    this.target.dispose();
    this.factors.dispose();
  }

  /** Keeps the lists in use and the youngest of the others. */
  private prune(used: ReadonlySet<ListTextures>): void {
    for (const list of [...this.lists])
      if (this.lists.length > KEPT_LISTS && !used.has(list)) {
        this.lists = this.lists.filter(other => other !== list);
        disposeList(list);
      }
  }

  private draw(reference: Float64Array): ListTextures {
    const { sites, instrument } = this.problem;
    const at = Array.from(reference) as unknown as Cell;
    const model = scatteringModel(sites, instrument, at, LIST_STRETCH);
    const list = uploadList(this.device, model, this.grid, this.widest);
    this.lists = [...this.lists, list];
    return list;
  }
}

/**
 * Form factors from every node to the next as cubics in the share of the way, texels of four coefficients [elements
 * rows, nodes columns], at sinθ = node · spacing. Made from values at both nodes in float32, the slope would be off by
 * 5e-5: neighbours differ by a thousandth.
 */
function factorTable({ sites, instrument }: Problem, spacing: number): ReturnType<typeof texelsFor> {
  const elements = elementsOf(sites).map(formFactorOf);
  const texels = texelsFor(texelLayout(FACTOR_NODES, FACTOR_NODES), elements.length);
  for (const [row, factor] of elements.entries()) {
    const at = (n: number): [number, number] => {
      const s = (n * spacing) / instrument.wavelength;
      // df/dn = df/dq · 2 s · ds/dn
      const slope = (scatteringFactorSlope(factor, s * s) * 2 * s * spacing) / instrument.wavelength;
      return [scatteringFactor(factor, s * s), slope];
    };
    for (let n = 0; n < FACTOR_NODES; n++) {
      const [[f, slope], [next, nextSlope]] = [at(n), at(n + 1)];
      const rise = next - f;
      texels.data.set(
        [f, slope, 3 * rise - 2 * slope - nextSlope, slope + nextSlope - 2 * rise],
        4 * (row * FACTOR_NODES + n),
      );
    }
  }
  return texels;
}
