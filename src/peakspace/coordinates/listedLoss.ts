import { binCount } from '../../diffraction/instrument.ts';
import { measurementSlot } from '../../model/slots.ts';
import { exactTrees } from '../judge.ts';
import { type ListedPeaks, listPattern } from '../pattern/listPattern.ts';
import { lossAgainst } from '../pattern/patternLoss.ts';
import { type ObjectiveInput, stickInput } from '../ways.ts';
import { type Rows, withReach } from './rowObjective.ts';

/** A linear map that patterns go through before they are compared, such as a smoothing, and its transpose. */
export interface PatternMap {
  forward(pattern: Float64Array): Float64Array;
  back(residual: Float64Array): Float64Array;
}

/**
 * The loss of listed peaks; where slopes are asked for it writes those of the peaks, as `ListPattern.back` does, and that of
 * the mixing into the row's.
 */
export type ListedLoss = (peaks: ListedPeaks, row: Float64Array, byRow: Float64Array | null) => number;

/**
 * By the peaks alone where the loss has a closed form over them, else by the pattern: of both profiles where their mixing
 * moves, since a pattern is η times that of Gaussians and 1 − η times that of Lorentzians; profile by profile where the
 * widths do not follow the instrument's.
 */
export function listedLoss(input: ObjectiveInput, rows: Rows, map: PatternMap | null): ListedLoss {
  const over = map ? null : stickInput(input);
  return over ? bySticks(over) : byPattern(input, rows, map);
}

function bySticks({ loss, sticks }: NonNullable<ReturnType<typeof stickInput>>): ListedLoss {
  const against = loss.against(sticks);
  return ({ count, position, intensity, byIntensity, byPosition, byWidth }, _, byRow) => {
    const trial = { position: position.subarray(0, count), intensity: intensity.subarray(0, count) };
    if (!byRow) return against(trial, null);
    const slopes = { byIntensity: byIntensity.subarray(0, count), byPosition: byPosition.subarray(0, count) };
    const value = against(trial, slopes);
    // those of a list are per unit of intensity
    for (let k = 0; k < count; k++) byPosition[k]! /= intensity[k]!;
    byWidth.fill(0, 0, count);
    return value;
  };
}

function byPattern(given: ObjectiveInput, rows: Rows, map: PatternMap | null): ListedLoss {
  const { loss, target, excluded } = given;
  const { slots, moving } = rows;
  const input = { ...given, instrument: withReach(given.instrument, rows) };
  const against = lossAgainst(loss, target, excluded);
  const residual = new Float64Array(target.length);
  // the trees are tested on patterns: any will do
  const probe = map ? new Float64Array(binCount(input.instrument)).fill(1) : target;
  const ofMixing = (eta: number) => {
    const instrument = { ...input.instrument, eta };
    const trees = () => exactTrees({ ...input, instrument, target: probe, excluded: null }, null).pattern();
    return listPattern(instrument, moving[measurementSlot(slots, 'widthFactor')] ? null : trees());
  };
  const mixing = measurementSlot(slots, 'eta');
  if (!moving[mixing]) {
    const patterns = ofMixing(input.instrument.eta);
    return (peaks, _, byRow) => {
      const pattern = patterns.forward(peaks);
      const whole = map ? map.forward(pattern) : pattern;
      if (!byRow) return against.value(whole);
      const value = against.gradient(whole, residual);
      patterns.back(peaks, map ? map.back(residual) : residual);
      return value;
    };
  }
  const [lorentz, gauss] = [ofMixing(0), ofMixing(1)];
  const pattern = new Float64Array(target.length);
  return (peaks, row, byRow) => {
    const eta = row[mixing]!;
    const [wide, narrow] = [lorentz.forward(peaks), gauss.forward(peaks)];
    for (let i = 0; i < pattern.length; i++) pattern[i] = (1 - eta) * wide[i]! + eta * narrow[i]!;
    if (!byRow) return against.value(pattern);
    const value = against.gradient(pattern, residual);
    let slope = 0;
    for (let i = 0; i < pattern.length; i++) slope += residual[i]! * (narrow[i]! - wide[i]!);
    byRow[mixing] = slope;
    const { count, byIntensity, byPosition, byWidth } = peaks;
    const own = [byIntensity, byPosition, byWidth];
    gauss.back(peaks, residual);
    const ofGauss = own.map(values => values.slice(0, count));
    lorentz.back(peaks, residual);
    for (const [i, values] of own.entries())
      for (let k = 0; k < count; k++) values[k] = (1 - eta) * values[k]! + eta * ofGauss[i]![k]!;
    return value;
  };
}
