import { MODEL_ELEMENTS } from './atoms.ts';
import type { Tensor } from './checkpoint.ts';
import { CheckpointError } from './checkpointError.ts';

/** Channels per irreducible part; radial functions; cutoff in angstrom (TensorNet-MatPES-PBE-v2025.1). */
export const CHANNELS = 128;
export const RADIAL = 3;
export const CUTOFF = 5;

/** y = W x + b. */
export interface Linear {
  readonly nIn: number;
  readonly nOut: number;
  /** [nOut * nIn] row-major, and its transpose for the way back. */
  readonly weight: Float64Array;
  readonly transposed: Float64Array;
  /** [nOut]; null where the layer has none. */
  readonly bias: Float64Array | null;
}

export interface Norm {
  readonly weight: Float64Array;
  readonly bias: Float64Array;
}

/** The weights of TensorNet under the names of mlip.md: matgl at commit e9cde229, src/matgl/models/_tensornet_pyg.py. */
export interface TensorNetWeights {
  /** eV: what the readout is multiplied by, and what is added once per cell. */
  readonly dataStd: number;
  readonly dataMean: number;
  /** Energy of the single element, eV [89]. */
  readonly offsets: Float64Array;
  /** v_z [89 * 128]. */
  readonly elements: Float64Array;
  /** [128 * 256] on (neighbour, centre). */
  readonly pair: Linear;
  /** W_1, W_2, W_3 of r. */
  readonly distance: readonly Linear[];
  readonly embedNorm: Norm;
  readonly embedScalar: readonly Linear[];
  /** T_0, T_1, T_2. */
  readonly embedTensor: readonly Linear[];
  readonly layers: readonly {
    /** s_0, s_1, s_2. */
    readonly scalar: readonly Linear[];
    /** U_0 to U_5. */
    readonly tensor: readonly Linear[];
  }[];
  readonly outNorm: Norm;
  readonly linear: Linear;
  readonly gatedLayers: readonly Linear[];
  readonly gatedGates: readonly Linear[];
}

/** In the file and of no use: the cutoff is fixed, the one-hot table is the identity. */
const IGNORED = new Set(['model.bond_expansion.rbf.cutoff', 'element_refs.onehot']);

/**
 * The tensors of a checkpoint as the weights of the model, every name and shape checked.
 * @throws CheckpointError that names the tensor
 */
export function tensorNetWeights(tensors: ReadonlyMap<string, Tensor>): TensorNetWeights {
  const used = new Set<string>();
  const take = (name: string, shape: readonly number[]): Float64Array => {
    const tensor = tensors.get(name);
    if (!tensor)
      throw new CheckpointError(`these are not the weights of this model: they have no tensor "${name}"`);
    if (tensor.shape.join() !== shape.join())
      throw new CheckpointError(
        `these are not the weights of this model: "${name}" has the shape [${tensor.shape.join(', ')}] instead of [${shape.join(', ')}]`,
      );
    const bad = tensor.values.findIndex(value => !Number.isFinite(value));
    if (bad >= 0) throw new CheckpointError(`number ${bad + 1} of tensor "${name}" is ${tensor.values[bad]}`);
    used.add(name);
    return tensor.values;
  };
  const linear = (name: string, nIn: number, nOut: number, withBias = true): Linear => {
    const weight = take(`${name}.weight`, [nOut, nIn]);
    const bias = withBias ? take(`${name}.bias`, [nOut]) : null;
    const transposed = Float64Array.from(weight, (_, k) => weight[(k % nOut) * nIn + Math.floor(k / nOut)]!);
    return { nIn, nOut, weight, transposed, bias };
  };
  const norm = (name: string, n: number): Norm => ({
    weight: take(`${name}.weight`, [n]),
    bias: take(`${name}.bias`, [n]),
  });
  const C = CHANNELS;
  const mixing = (prefix: string, count: number): Linear[] =>
    Array.from({ length: count }, (_, k) => linear(`${prefix}.linears_tensor.${k}`, C, C, false));
  const embedding = 'model.tensor_embedding';
  const gated = (name: string): Linear[] =>
    [0, 2, 4, 6].map(k => linear(`model.final_layer.gated.${name}.${k}`, C, k === 6 ? 1 : C));
  const layerCount = [...tensors.keys()].filter(name =>
    /^model\.layers\.\d+\.linears_tensor\.0\./.test(name),
  );
  if (layerCount.length === 0)
    throw new CheckpointError(
      'these are not the weights of this model: they have no interaction layer "model.layers.0"',
    );
  const weights: TensorNetWeights = {
    dataStd: take('data_std', [])[0]!,
    dataMean: take('data_mean', [])[0]!,
    offsets: take('element_refs.property_offset', [MODEL_ELEMENTS.length]),
    elements: take(`${embedding}.emb.weight`, [MODEL_ELEMENTS.length, C]),
    pair: linear(`${embedding}.emb2`, 2 * C, C),
    distance: [1, 2, 3].map(k => linear(`${embedding}.distance_proj${k}`, RADIAL, C)),
    embedNorm: norm(`${embedding}.init_norm`, C),
    embedScalar: [
      linear(`${embedding}.linears_scalar.0`, C, 2 * C),
      linear(`${embedding}.linears_scalar.1`, 2 * C, 3 * C),
    ],
    embedTensor: mixing(embedding, 3),
    layers: layerCount.map((_, l) => ({
      scalar: [
        linear(`model.layers.${l}.linears_scalar.0`, RADIAL, C),
        linear(`model.layers.${l}.linears_scalar.1`, C, 2 * C),
        linear(`model.layers.${l}.linears_scalar.2`, 2 * C, 3 * C),
      ],
      tensor: mixing(`model.layers.${l}`, 6),
    })),
    outNorm: norm('model.out_norm', 3 * C),
    linear: linear('model.linear', 3 * C, C),
    gatedLayers: gated('layers'),
    gatedGates: gated('gates'),
  };
  const extra = [...tensors.keys()].find(name => !used.has(name) && !IGNORED.has(name));
  if (extra)
    throw new CheckpointError(`these are not the weights of this model: it has no use for "${extra}"`);
  return weights;
}
