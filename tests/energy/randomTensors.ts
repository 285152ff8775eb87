import type { Tensor } from '../../src/energy/checkpoint.ts';
import { seededRng } from '../../src/num/rng.ts';

const C = 128;

/** Names and shapes of every tensor of the published checkpoint. */
export function tensorShapes(): Map<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>([
    ['data_mean', []],
    ['data_std', []],
    ['model.bond_expansion.rbf.cutoff', []],
    ['element_refs.property_offset', [89]],
    ['element_refs.onehot', [89, 89]],
    ['model.tensor_embedding.emb.weight', [89, C]],
    ['model.tensor_embedding.init_norm.weight', [C]],
    ['model.tensor_embedding.init_norm.bias', [C]],
    ['model.out_norm.weight', [3 * C]],
    ['model.out_norm.bias', [3 * C]],
  ]);
  const linear = (name: string, nIn: number, nOut: number, bias = true): void => {
    shapes.set(`${name}.weight`, [nOut, nIn]);
    if (bias) shapes.set(`${name}.bias`, [nOut]);
  };
  const embedding = 'model.tensor_embedding';
  linear(`${embedding}.emb2`, 2 * C, C);
  for (const k of [1, 2, 3]) linear(`${embedding}.distance_proj${k}`, 3, C);
  for (const k of [0, 1, 2]) linear(`${embedding}.linears_tensor.${k}`, C, C, false);
  linear(`${embedding}.linears_scalar.0`, C, 2 * C);
  linear(`${embedding}.linears_scalar.1`, 2 * C, 3 * C);
  for (const l of [0, 1]) {
    linear(`model.layers.${l}.linears_scalar.0`, 3, C);
    linear(`model.layers.${l}.linears_scalar.1`, C, 2 * C);
    linear(`model.layers.${l}.linears_scalar.2`, 2 * C, 3 * C);
    for (const k of [0, 1, 2, 3, 4, 5]) linear(`model.layers.${l}.linears_tensor.${k}`, C, C, false);
  }
  linear('model.linear', 3 * C, C);
  for (const name of ['layers', 'gates'])
    for (const k of [0, 2, 4, 6]) linear(`model.final_layer.gated.${name}.${k}`, C, k === 6 ? 1 : C);
  return shapes;
}

/**
 * A model with drawn weights: what must hold for every set of weights (derivatives, invariances, the table) is tested
 * on it where the published ones are not at hand. Larger than an untrained network, so that every part of it matters.
 */
export function randomTensors(seed = 5): Map<string, Tensor> {
  const rng = seededRng(seed);
  const tensors = new Map<string, Tensor>();
  for (const [name, shape] of tensorShapes()) {
    const count = shape.reduce((product, n) => product * n, 1);
    const scale = shape.length === 2 ? 1.5 / Math.sqrt(shape[1]!) : 0.3;
    const centre = /norm\.weight$|data_std$/.test(name) ? 1 : 0;
    tensors.set(name, {
      shape,
      // Added once per cell, it would be no property of the crystal; the published one is 0.
      values: Float64Array.from({ length: count }, () =>
        name === 'data_mean' ? 0 : centre + scale * rng.normal(),
      ),
    });
  }
  return tensors;
}
