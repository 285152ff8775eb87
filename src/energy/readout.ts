import { layerNorm, layerNormBack } from './layerNorm.ts';
import { multiplyRows } from './linear.ts';
import { logistic, type PerceptronTape, perceptron, perceptronBack } from './perceptron.ts';
import { inner, PARTS, type Tensors, tensorsFor } from './tensors.ts';
import { CHANNELS, type TensorNetWeights } from './weights.ts';

export interface ReadoutTape {
  readonly scaled: Float64Array;
  readonly inverse: Float64Array;
  /** After the linear layer [atoms * 128]. */
  readonly input: Float64Array;
  readonly layers: PerceptronTape;
  readonly gates: PerceptronTape;
  /** A B of every atom, in units of data_std [atoms]. */
  readonly atomEnergies: Float64Array;
}

/**
 * The readout: x = W LayerNorm([3 I² ; 2 |a|² ; S:S]) + b; A = four linear layers with silu between, B the same with a
 * logistic function at the end; every atom contributes A B.
 */
export function readOut(weights: TensorNetWeights, atoms: number, x: Tensors): ReadoutTape {
  const C = CHANNELS;
  const n = atoms * C;
  const features = new Float64Array(3 * n);
  for (let i = 0; i < atoms; i++)
    for (let c = 0; c < C; c++) {
      const e = i * C + c;
      const scalar = 3 * x[e]! ** 2;
      const vector = 2 * (x[e + n]! ** 2 + x[e + 2 * n]! ** 2 + x[e + 3 * n]! ** 2);
      features[3 * C * i + c] = scalar;
      features[3 * C * i + C + c] = vector;
      features[3 * C * i + 2 * C + c] = inner(x, x, e, n) - scalar - vector;
    }
  const [scaled, normed, inverse] = [
    new Float64Array(3 * n),
    new Float64Array(3 * n),
    new Float64Array(atoms),
  ];
  layerNorm(weights.outNorm, atoms, features, scaled, inverse, normed);
  const { output: input } = perceptron([weights.linear], false, atoms, normed);
  const layers = perceptron(weights.gatedLayers, false, atoms, input);
  const gates = perceptron(weights.gatedGates, false, atoms, input);
  const atomEnergies = layers.output.map((a, i) => a * logistic(gates.output[i]!));
  return { scaled, inverse, input, layers, gates, atomEnergies };
}

/** Cotangent of X when every atom's A B counts `scale` (eV). */
export function readOutBack(
  weights: TensorNetWeights,
  atoms: number,
  x: Tensors,
  tape: ReadoutTape,
  scale: number,
): Tensors {
  const C = CHANNELS;
  const n = atoms * C;
  const gate = tape.gates.output.map(logistic);
  const gLayers = perceptronBack(
    weights.gatedLayers,
    false,
    atoms,
    tape.layers,
    gate.map(value => scale * value),
  );
  const gGates = perceptronBack(
    weights.gatedGates,
    false,
    atoms,
    tape.gates,
    gate.map((value, i) => scale * tape.layers.output[i]! * value * (1 - value)),
  );
  const gInput = gLayers.map((value, i) => value + gGates[i]!);
  const gFeatures = new Float64Array(3 * n);
  multiplyRows(weights.linear.transposed, C, 3 * C, gInput, 0, atoms, gFeatures, 0);
  layerNormBack(weights.outNorm, atoms, tape.scaled, tape.inverse, gFeatures);
  const g = tensorsFor(atoms);
  for (let part = 0; part < PARTS; part++) {
    const kind = part === 0 ? 0 : part < 4 ? 1 : 2;
    for (let i = 0; i < atoms; i++)
      for (let c = 0; c < C; c++) {
        const at = part * n + i * C + c;
        g[at] = 2 * gFeatures[3 * C * i + kind * C + c]! * x[at]!;
      }
  }
  return g;
}
