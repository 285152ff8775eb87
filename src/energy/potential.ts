import type { Atoms } from './atoms.ts';
import type { EdgeField } from './edges.ts';
import { type EmbeddingTape, embed, embedBack, pairEmbedding } from './embedding.ts';
import { neighbourGraph, shellsOf } from './graph.ts';
import { type InteractionTape, interact, interactBack } from './interaction.ts';
import { radialFunctions } from './radialFunctions.ts';
import { interpolateRadial, type RadialTable } from './radialTable.ts';
import { type ReadoutTape, readOut, readOutBack } from './readout.ts';
import { CUTOFF, type TensorNetWeights } from './weights.ts';

/** GPa in one eV per cubic angstrom. */
export const GPA = 160.21766208;

/** Everything the forward pass computes on the way. */
export interface ForwardPass {
  /** eV per cell. */
  readonly energy: number;
  readonly edges: EdgeField;
  readonly embedding: EmbeddingTape;
  readonly interactions: readonly InteractionTape[];
  readonly readout: ReadoutTape;
}

export interface EnergyAndForces {
  /** eV per cell. */
  readonly energy: number;
  /** −dE/dr, eV per angstrom, Cartesian [3 * atoms]. */
  readonly forces: Float64Array;
  /** dE/dε over the volume, GPa, tension positive, 3 × 3 row-major; pressure = −trace/3. */
  readonly stress: Float64Array;
}

export interface Potential {
  readonly forward: (atoms: Atoms, slopes?: boolean) => ForwardPass;
  /** eV per cell. */
  readonly energy: (atoms: Atoms) => number;
  readonly evaluate: (atoms: Atoms) => EnergyAndForces;
}

/**
 * TensorNet (Simeon & De Fabritiis, NeurIPS 2023) as matgl trained it on MatPES-PBE: energy of a periodic cell, and by
 * reverse mode forces and stress. With a table the radial functions are interpolated, else computed as defined.
 */
export function tensorNet(weights: TensorNetWeights, table: RadialTable | null): Potential {
  const functions = radialFunctions(weights);
  const pairs = pairEmbedding(weights);
  const jets = new Float64Array(3 * functions.count);

  const edgesOf = (atoms: Atoms, slopes: boolean): EdgeField => {
    const graph = neighbourGraph(atoms, CUTOFF);
    const shells = shellsOf(graph.distance);
    const { count } = functions;
    const radial = new Float64Array(2 * count * shells.distances.length);
    shells.distances.forEach((r, shell) => {
      const at = 2 * count * shell;
      if (table && interpolateRadial(table, r, radial, at, slopes)) return;
      functions.jets(r, jets);
      radial.set(jets.subarray(0, 2 * count), at);
    });
    return { graph, shells, radial, count };
  };

  const forward = (atoms: Atoms, slopes = false): ForwardPass => {
    const edges = edgesOf(atoms, slopes);
    const embedding = embed(weights, pairs, atoms.elements, edges);
    const interactions: InteractionTape[] = [];
    let x = embedding.output;
    for (let layer = 0; layer < weights.layers.length; layer++) {
      const tape = interact(weights, layer, edges, x);
      interactions.push(tape);
      x = tape.output;
    }
    const readout = readOut(weights, edges.graph.atoms, x);
    let energy = weights.dataMean;
    readout.atomEnergies.forEach((value, i) => {
      energy += weights.dataStd * value + weights.offsets[atoms.elements[i]!]!;
    });
    return { energy, edges, embedding, interactions, readout };
  };

  const evaluate = (atoms: Atoms): EnergyAndForces => {
    const pass = forward(atoms, true);
    const { graph } = pass.edges;
    const slope = new Float64Array(graph.centre.length);
    const turn = new Float64Array(3 * graph.centre.length);
    const last = pass.interactions.at(-1)?.output ?? pass.embedding.output;
    let grad = readOutBack(weights, graph.atoms, last, pass.readout, weights.dataStd);
    for (let layer = pass.interactions.length - 1; layer >= 0; layer--)
      grad = interactBack(weights, layer, pass.edges, pass.interactions[layer]!, grad, slope);
    embedBack(weights, pairs, atoms.elements, pass.edges, pass.embedding, grad, slope, turn);
    return { energy: pass.energy, ...assemble(pass.edges, slope, turn) };
  };

  return { forward, energy: atoms => forward(atoms).energy, evaluate };
}

/**
 * Forces and stress from dE/dr and dE/du of every edge, u = −vec/r:
 * dE/dvec = (vec/r) dE/dr − (1 − u uᵀ) dE/du / r; F_i += dE/dvec, F_j −= dE/dvec, stress = Σ vec ⊗ dE/dvec / V.
 */
function assemble(
  { graph }: EdgeField,
  slope: Float64Array,
  turn: Float64Array,
): Pick<EnergyAndForces, 'forces' | 'stress'> {
  const forces = new Float64Array(3 * graph.atoms);
  const stress = new Float64Array(9);
  for (let edge = 0; edge < slope.length; edge++) {
    const r = graph.distance[edge]!;
    const [i, j] = [graph.centre[edge]!, graph.neighbour[edge]!];
    let along = 0;
    for (let k = 0; k < 3; k++) along += (-graph.vector[3 * edge + k]! / r) * turn[3 * edge + k]!;
    for (let k = 0; k < 3; k++) {
      const u = -graph.vector[3 * edge + k]! / r;
      const d = -u * slope[edge]! - (turn[3 * edge + k]! - u * along) / r;
      forces[3 * i + k] = forces[3 * i + k]! + d;
      forces[3 * j + k] = forces[3 * j + k]! - d;
      for (let l = 0; l < 3; l++)
        stress[3 * l + k] = stress[3 * l + k]! + (graph.vector[3 * edge + l]! * d * GPA) / graph.volume;
    }
  }
  return { forces, stress };
}
