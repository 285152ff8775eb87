import { KERNEL_CODE } from './kernelCode.ts';

/** The functions of assembly/; see there for their arguments. */
export interface KernelFunctions {
  insideWindow(...args: number[]): number;
  peakStage(...args: number[]): void;
  productWithTarget(...args: number[]): number;
  assemble(...args: number[]): void;
  sortIntoLeaves(...args: number[]): void;
  mergeEqual(...args: number[]): number;
  leafMoments(...args: number[]): void;
  gather(...args: number[]): void;
  energyOf(...args: number[]): number;
  moveUp(...args: number[]): void;
  moveDown(...args: number[]): void;
  throughBlocks(...args: number[]): void;
  farEnergy(...args: number[]): number;
  peaksNear(...args: number[]): number;
  profilesForward(...args: number[]): void;
  profilesBack(...args: number[]): void;
  tailsForward(...args: number[]): void;
  tailsBack(...args: number[]): void;
  leavesToBins(...args: number[]): void;
  binsToLeaves(...args: number[]): void;
  sumOf(...args: number[]): number;
  entropyDivergence(...args: number[]): number;
  patternBeyond(...args: number[]): number;
  takeOffEdges(...args: number[]): void;
  nearField(...args: number[]): void;
  nearPotentials(...args: number[]): void;
  targetBeside(...args: number[]): void;
  targetNear(...args: number[]): void;
  targetPanels(...args: number[]): void;
}

/** Globals of every thread of a browser and of Node, declared here: pure code has no DOM library. */
interface Host {
  readonly WebAssembly?: {
    readonly Module: new (code: Uint8Array) => object;
    readonly Memory: new (size: { initial: number }) => Memory;
    readonly Instance: new (module: object, imports: object) => { readonly exports: object };
  };
  atob(text: string): string;
}
interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
const host = globalThis as unknown as Host;

const PAGE = 65536;

let compiled: object | null | undefined;

/** Compiled once a thread; null where WebAssembly or its vectors are missing, or a policy forbids it. */
function kernelModule(): object | null {
  if (compiled !== undefined) return compiled;
  try {
    const code = Uint8Array.from(host.atob(KERNEL_CODE), char => char.charCodeAt(0));
    compiled = new host.WebAssembly!.Module(code);
  } catch {
    compiled = null;
  }
  return compiled;
}

/**
 * A memory with the code that works in it. Views of it must be made anew after `place`, which may move it.
 */
export class KernelMemory {
  readonly code: KernelFunctions;
  private readonly memory: Memory;
  private top = 16;

  private constructor(code: KernelFunctions, memory: Memory) {
    this.code = code;
    this.memory = memory;
  }

  /** Null where the code cannot run here or there is no room. */
  static create(): KernelMemory | null {
    const module = kernelModule();
    if (!module) return null;
    try {
      const memory = new host.WebAssembly!.Memory({ initial: 1 });
      const { exports } = new host.WebAssembly!.Instance(module, {
        env: { memory, 'Math.exp': Math.exp },
      });
      return new KernelMemory(exports as KernelFunctions, memory);
    } catch {
      return null;
    }
  }

  /** Gives all regions back; new ones are not zero any more. */
  clear(): void {
    this.top = 16;
  }

  /** Address of a new region, aligned to 16 bytes, all zero. @throws RangeError where there is no room */
  place(bytes: number): number {
    const at = this.top;
    this.top += Math.ceil(bytes / 16) * 16;
    const missing = this.top - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE));
    return at;
  }

  /** A column of float64 numbers, with room for two more that vectors may touch. */
  column(count: number): number {
    return this.place(8 * (count + 2));
  }

  f64(at: number, count: number): Float64Array {
    return new Float64Array(this.memory.buffer, at, count);
  }

  i32(at: number, count: number): Int32Array {
    return new Int32Array(this.memory.buffer, at, count);
  }

  /** Copies of arrays in regions of their own. */
  put(values: Float64Array): number {
    const at = this.place(values.byteLength);
    this.f64(at, values.length).set(values);
    return at;
  }

  putInts(values: Int32Array): number {
    const at = this.place(values.byteLength);
    this.i32(at, values.length).set(values);
    return at;
  }
}
