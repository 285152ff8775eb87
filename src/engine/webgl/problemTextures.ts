import { type Cell, cellVolume } from '../../crystal/cell.ts';
import { elementsOf } from '../../crystal/structure.ts';
import { formFactorOf, scatteringFactor, scatteringFactorSlope } from '../../diffraction/formFactor.ts';
import { binCount, type Instrument, reflectionWindow } from '../../diffraction/instrument.ts';
import { covers, peaksAt, type ScatteringModel, scatteringModel } from '../../diffraction/pattern.ts';
import type { Problem } from '../engine.ts';
import type { Device, Texture } from './device.ts';
import { type AngleNodes, fixedPair, lowBits, writeLimbs } from './fixedPoint.ts';
import { GPU_LOSSES, type TargetSums } from './gpuLosses.ts';
import { type Layout, layoutOf, offsetOf, texelsFor } from './texels.ts';

/** A reflection list on the GPU, with everything that depends on it. */
export interface ListTextures {
  readonly model: ScatteringModel;
  readonly layout: Layout;
  /** Row 0: (h, k, l, 0); then Σ occ exp(2πi h·x) of two elements a texel, scaled to intensities of order one. */
  readonly reflections: Texture;
  /** The true intensity is this times the one on the GPU. */
  readonly intensityScale: number;
  readonly bits: number;
  readonly nodes: AngleNodes;
  readonly nodeLayout: Layout;
  readonly nodeAngles: Texture;
  /** sin²θ of the window's ends in fixed point. */
  readonly window: readonly [number, number, number, number];
}

/** Form factors are tabulated at this many points in s; the interpolation error stays below 1e-9 of Z. */
const FACTOR_NODES = 1024;
/** Reference angles: about this many. */
const ANGLE_NODES = 1000;
/** A list serves cells within this stretch of the one it was drawn up at: every 1 % more is 3 % more reflections. */
const LIST_STRETCH = 1.06;
/** Lists kept of one problem; a slice of ±10 % needs two or three, all six parameters at random up to ten. */
const KEPT_LISTS = 12;
/** A cell much smaller than the one a list was drawn up at would find most of the list outside the window. */
const LEAST_VOLUME = 0.6;

/** Everything of one problem that stays on the GPU between batches. */
export class ProblemTextures {
  readonly problem: Problem;
  /** Calls under way that use these textures; lists are thrown away only between calls. */
  users = 0;
  readonly bins: number;
  readonly quarters: Layout;
  readonly target: Texture;
  readonly targetSums: TargetSums;
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
    this.quarters = layoutOf(Math.ceil(this.bins / 4), widest);
    const scale = GPU_LOSSES[problem.loss].targetScale(problem.target);
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

  dispose(): void {
    for (const list of this.lists) disposeList(list);
    this.lists = [];
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
    const list = uploadList(this.device, model, this.widest);
    this.lists = [...this.lists, list];
    return list;
  }
}

function disposeList(list: ListTextures): void {
  list.reflections.dispose();
  list.nodeAngles.dispose();
}

/** (f, df per node) of each element [elements rows, nodes columns], at sinθ = node · spacing. */
function factorTable({ sites, instrument }: Problem, spacing: number): ReturnType<typeof texelsFor> {
  const elements = elementsOf(sites).map(formFactorOf);
  const texels = texelsFor(layoutOf(FACTOR_NODES, FACTOR_NODES), elements.length);
  for (const [row, factor] of elements.entries())
    for (let n = 0; n < FACTOR_NODES; n++) {
      const s = (n * spacing) / instrument.wavelength;
      const at = 4 * (row * FACTOR_NODES + n);
      texels.data[at] = scatteringFactor(factor, s * s);
      // df/dn = df/dq · 2 s · ds/dn
      texels.data[at + 1] = (scatteringFactorSlope(factor, s * s) * 2 * s * spacing) / instrument.wavelength;
    }
  return texels;
}

function uploadList(device: Device, model: ScatteringModel, widest: number): ListTextures {
  const { sums, instrument } = model;
  const elements = sums.elements.length;
  const layout = layoutOf(sums.count, widest);
  const peaks = peaksAt(model, model.reference);
  const intensityScale = peaks.intensity.subarray(0, peaks.count).reduce((x, y) => Math.max(x, y), 0) || 1;
  const amplitude = 1 / Math.sqrt(intensityScale);
  const texels = texelsFor(layout, 1 + Math.ceil(elements / 2));
  for (let k = 0; k < sums.count; k++) {
    texels.data.set(sums.hkl.subarray(3 * k, 3 * k + 3), offsetOf(layout, 0, k));
    for (let e = 0; e < elements; e++) {
      const at = offsetOf(layout, 1 + (e >> 1), k) + 2 * (e % 2);
      texels.data[at] = sums.re[k * elements + e]! * amplitude;
      texels.data[at + 1] = sums.im[k * elements + e]! * amplitude;
    }
  }
  const bits = lowBits(sums.hkl);
  const nodes = angleNodes(instrument);
  const nodeLayout = layoutOf(nodes.count, widest);
  const angles = texelsFor(nodeLayout, 1);
  for (let n = 0; n < nodes.count; n++) {
    const x = instrument.twoThetaMin + (n - nodes.before) * nodes.every * instrument.step;
    writeLimbs(sineSquare(x), bits, angles.data, offsetOf(nodeLayout, 0, n));
  }
  const { lower, upper } = reflectionWindow(instrument);
  return {
    model,
    layout,
    reflections: device.upload(texels),
    intensityScale,
    bits,
    nodes,
    nodeLayout,
    nodeAngles: device.upload(angles),
    window: [...fixedPair(sineSquare(lower), bits), ...fixedPair(sineSquare(upper), bits)],
  };
}

/** sin² of half the angle, degrees. */
const sineSquare = (twoTheta: number): number => Math.sin((twoTheta * Math.PI) / 360) ** 2;

function angleNodes(instrument: Instrument): AngleNodes {
  const { twoThetaMin, step } = instrument;
  const { lower, upper } = reflectionWindow(instrument);
  const every = Math.max(1, Math.ceil((upper - lower) / step / ANGLE_NODES));
  const spacing = every * step;
  const before = Math.floor((twoThetaMin - lower) / spacing);
  return { count: before + Math.ceil((upper - twoThetaMin) / spacing) + 1, every, before };
}
