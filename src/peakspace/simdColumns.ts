import type { ReflectionList } from './reflectionList.ts';
import type { SimdMemory } from './simdModule.ts';

/** Byte addresses of what depends on the number of reflections. */
export interface Columns {
  readonly room: number;
  readonly products: number;
  readonly sums: number;
  readonly index: number;
  readonly u: number;
  readonly position: number;
  readonly width: number;
  readonly intensity: number;
  readonly widthSlope: number;
  readonly positionByU: number;
  readonly intensityByU: number;
  readonly dotByU: number;
  /** Sorted by leaf. */
  readonly sorted: {
    readonly leafOf: number;
    readonly localOf: number;
    readonly peak: number;
    readonly place: number;
    readonly position: number;
    readonly width: number;
    readonly intensity: number;
    readonly widthSlope: number;
    readonly local: number;
    readonly byIntensity: number;
    readonly byPosition: number;
  };
}

export function placeColumns(
  memory: SimdMemory,
  reflections: number,
  room: number,
  elements: number,
): Columns {
  const column = (): number => memory.column(room);
  const ints = (): number => memory.place(4 * (room + 4));
  return {
    room,
    products: memory.column(6 * (reflections + 1)),
    sums: memory.column(2 * elements * (reflections + 1)),
    index: ints(),
    u: column(),
    position: column(),
    width: column(),
    intensity: column(),
    widthSlope: column(),
    positionByU: column(),
    intensityByU: column(),
    dotByU: column(),
    sorted: {
      leafOf: ints(),
      localOf: column(),
      peak: ints(),
      place: ints(),
      position: column(),
      width: column(),
      intensity: column(),
      widthSlope: column(),
      local: column(),
      byIntensity: column(),
      byPosition: column(),
    },
  };
}

/** Products of the indices of two reflections side by side, as simd/peaks.ts reads them. */
export function pairedProducts({ products, count }: ReflectionList, out: Float64Array): void {
  out.fill(0);
  for (let k = 0; k < count; k++)
    for (let i = 0; i < 6; i++) out[(k >> 1) * 12 + 2 * i + (k & 1)] = products[6 * k + i]!;
}
