import { inverseSquareSpacing, reciprocalMetric } from '../crystal/cell.ts';
import type { FamilyId } from '../crystal/family.ts';
import { solveSymmetric } from '../num/solveSymmetric.ts';
import { dot, takeOut } from './slowBackground.ts';
import type { ReflectionsOfPeaks, SmoothedModel } from './smoothedModel.ts';
import type { Stage } from './stage.ts';

/**
 * Products of two components of a reflection's direction that its intensity may depend on, as pairs of reciprocal axes:
 * those that the symmetry of the family leaves, less one, since together they sum to a constant.
 */
const FORMS: Readonly<Record<FamilyId, readonly (readonly [number, number])[]>> = {
  cubic: [],
  hexagonal: [[2, 2]],
  tetragonal: [[2, 2]],
  orthorhombic: [
    [0, 0],
    [2, 2],
  ],
  monoclinic: [
    [0, 0],
    [2, 2],
    [0, 2],
  ],
  triclinic: [
    [0, 0],
    [2, 2],
    [0, 1],
    [0, 2],
    [1, 2],
  ],
};

/** No reflection is weakened below this share of what the crystal gives it. */
const LEAST_FACTOR = 0.2;
/** Resistance to a factor that the pattern hardly sees, as a share of the pattern's square. */
const RIDGE = 1e-4;

/** Preferred orientation of the model at its last cell. */
export interface Texture {
  /** Measures directions in a cell, until the next call: in one stage of a search they do not turn. */
  orient(cell: ArrayLike<number>): void;
  /**
   * Gives the peaks of the model's last cell the factors that bring it closest to the target.
   * @param pattern the model's at that cell @returns the one with the factors [count]
   */
  fit(pattern: Float64Array): Float64Array;
  /** What the factors can add to the last fit, orthonormal and without background [thin.count each]. */
  tangents(): Float64Array[];
}

/**
 * Texture to second order, as March–Dollase's factor begins: a peak's intensity times 1 + Σ τ_ij (G_ij h_i h_j / |g|² − δ_ij/3)
 * with G the reciprocal metric. The τ are linear and eliminated: at each cell those of the closest pattern (variable
 * projection, Golub & Pereyra 1973), so that at them the loss has no slope along τ.
 * @param family null: of any symmetry
 */
export function textureOf(stage: Stage, model: SmoothedModel, family: FamilyId | null): Texture {
  const forms = FORMS[family ?? 'triclinic'];
  const { thin, unit, background, excluded } = stage;
  const skip = Math.round(thin.step / stage.grid.step);
  const goal = Float64Array.from({ length: thin.count }, (_, i) => unit[i * skip]!);
  let metric: Float64Array | null = null;
  let parts: Float64Array[] = [];
  let shares: Float64Array = new Float64Array(0);

  const prepared = (pattern: Float64Array): Float64Array => {
    if (excluded) for (let i = 0; i < pattern.length; i++) if (excluded[i * skip]) pattern[i] = 0;
    if (background) takeOut(background, pattern, skip);
    return pattern;
  };

  return {
    orient(cell) {
      metric = reciprocalMetric(cell);
    },
    fit(pattern) {
      if (forms.length === 0) return pattern;
      const directions = directionsOf(forms, metric!, model.reflections());
      const ones = directions[0]!.map(() => 1);
      parts = model.weighted([ones, ...directions], thin).map(prepared);
      const m = parts.length;
      const normal = new Float64Array(m * m);
      for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) normal[i * m + j] = dot(parts[i]!, parts[j]!);
      for (let i = 1; i < m; i++) normal[i * m + i]! += RIDGE * normal[0]!;
      const right = Float64Array.from(parts, part => dot(part, goal));
      const solved = solveSymmetric(normal, right, m);
      const factors = ones.map((one, k) => {
        let sum = one;
        for (let j = 1; j < m && solved[0]! > 0; j++)
          sum += (solved[j]! / solved[0]!) * directions[j - 1]![k]!;
        return sum;
      });
      const least = factors.reduce((low, factor) => Math.min(low, factor), 1);
      const held = least < LEAST_FACTOR ? (1 - LEAST_FACTOR) / (1 - least) : 1;
      shares = solved.map((share, j) => (j === 0 ? share : held * share));
      return model.reweighted(factors.map(factor => 1 + held * (factor - 1)));
    },
    tangents() {
      const sum = goal.map((_, i) => parts.reduce((total, part, j) => total + shares[j]! * part[i]!, 0));
      const basis: Float64Array[] = [];
      for (const vector of [sum, ...parts.slice(1)]) {
        const left = Float64Array.from(vector);
        for (let pass = 0; pass < 2; pass++)
          for (const known of basis) {
            const share = skip * dot(left, known);
            for (let i = 0; i < left.length; i++) left[i]! -= share * known[i]!;
          }
        const norm = Math.sqrt(skip * dot(left, left));
        if (norm > 1e-9 * Math.sqrt(skip * dot(vector, vector))) basis.push(left.map(value => value / norm));
      }
      return basis.slice(1);
    },
  };
}

/** Each form at each reflection of a model, 0 in the mean over all directions. */
function directionsOf(
  forms: readonly (readonly [number, number])[],
  metric: Float64Array,
  { count, index, hkl }: ReflectionsOfPeaks,
): Float64Array[] {
  const squares = Float64Array.from({ length: count }, (_, k) => {
    const at = 3 * index[k]!;
    return inverseSquareSpacing(metric, hkl[at]!, hkl[at + 1]!, hkl[at + 2]!);
  });
  return forms.map(([i, j]) =>
    squares.map((square, k) => {
      const at = 3 * index[k]!;
      return (metric[3 * i + j]! * hkl[at + i]! * hkl[at + j]!) / square - (i === j ? 1 / 3 : 0);
    }),
  );
}
