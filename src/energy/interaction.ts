import { type EdgeField, gatherMessages, gatherMessagesBack } from './edges.ts';
import {
  addAnticommutator,
  mixChannels,
  normalise,
  normaliseBack,
  type Tensors,
  tensorsFor,
} from './tensors.ts';
import { CHANNELS, type TensorNetWeights } from './weights.ts';

export interface InteractionTape {
  readonly input: Tensors;
  readonly mixed: Tensors;
  readonly messages: Tensors;
  readonly product: Tensors;
  readonly update: Tensors;
  readonly output: Tensors;
}

/**
 * One interaction: X ← X/(|X|²+1); Y = U₀₋₂ X; M = Σ g Y_j; P = {M, Y}; V = U₃₋₅ P/(|P|²+1); X ← X + V + V².
 */
export function interact(
  weights: TensorNetWeights,
  layer: number,
  edges: EdgeField,
  input: Tensors,
): InteractionTape {
  const { atoms } = edges.graph;
  const stride = atoms * CHANNELS;
  const { tensor } = weights.layers[layer]!;
  const output = tensorsFor(atoms);
  normalise(input, output, stride);
  const mixed = tensorsFor(atoms);
  mixChannels(tensor, 0, atoms, output, mixed);
  const messages = tensorsFor(atoms);
  gatherMessages(edges, layer, mixed, messages);
  const product = tensorsFor(atoms);
  addAnticommutator(messages, mixed, product, stride, 1, 1);
  const scaled = tensorsFor(atoms);
  normalise(product, scaled, stride);
  const update = tensorsFor(atoms);
  mixChannels(tensor, 3, atoms, scaled, update);
  for (let k = 0; k < output.length; k++) output[k] = output[k]! + update[k]!;
  addAnticommutator(update, update, output, stride, 0.5, 1);
  return { input, mixed, messages, product, update, output };
}

/** The way back: the cotangent of the input from that of the output; dE/dr is added to `slope`. */
export function interactBack(
  weights: TensorNetWeights,
  layer: number,
  edges: EdgeField,
  tape: InteractionTape,
  grad: Tensors,
  slope: Float64Array,
): Tensors {
  const { atoms } = edges.graph;
  const stride = atoms * CHANNELS;
  const { tensor } = weights.layers[layer]!;
  const gUpdate = Float64Array.from(grad);
  addAnticommutator(grad, tape.update, gUpdate, stride, 1, -1);
  const gProduct = tensorsFor(atoms);
  mixChannels(tensor, 3, atoms, gUpdate, gProduct, true);
  normaliseBack(tape.product, gProduct, stride);
  const gMessages = tensorsFor(atoms);
  addAnticommutator(gProduct, tape.mixed, gMessages, stride, 1, -1);
  const gMixed = tensorsFor(atoms);
  addAnticommutator(gProduct, tape.messages, gMixed, stride, 1, -1);
  gatherMessagesBack(edges, layer, tape.mixed, gMessages, gMixed, slope);
  const gInput = tensorsFor(atoms);
  mixChannels(tensor, 0, atoms, gMixed, gInput, true);
  for (let k = 0; k < gInput.length; k++) gInput[k] = gInput[k]! + grad[k]!;
  normaliseBack(tape.input, gInput, stride);
  return gInput;
}
