import type { Tensor } from '../../src/energy/checkpoint.ts';
import { crc32 } from '../../src/formats/zipArchive.ts';

/** An entry of an archive made by hand. `method` 8 claims to be deflated; `crc` and `name` as given. */
export interface MadeEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly method?: number;
}

const ascii = (text: string): number[] => Array.from(text, letter => letter.charCodeAt(0));
const u16 = (value: number): number[] => [value & 255, (value >> 8) & 255];
const u32 = (value: number): number[] => [...u16(value & 0xffff), ...u16(value >>> 16)];

/** A zip archive byte by byte as in PKWARE's application note. */
export function zipFile(entries: readonly MadeEntry[]): Uint8Array {
  const chunks: Uint8Array[] = [];
  const directory: number[] = [];
  let offset = 0;
  for (const { name, bytes, method = 0 } of entries) {
    const common = [
      ...u16(method),
      ...u32(0),
      ...u32(crc32(bytes)),
      ...u32(bytes.length),
      ...u32(bytes.length),
      ...u16(name.length),
      ...u16(0),
    ];
    const head = Uint8Array.from([...u32(0x04034b50), ...u16(20), ...u16(0), ...common, ...ascii(name)]);
    directory.push(
      ...[...u32(0x02014b50), ...u16(20), ...u16(20), ...u16(0), ...common],
      ...[...u16(0), ...u16(0), ...u16(0), ...u32(0), ...u32(offset), ...ascii(name)],
    );
    chunks.push(head, bytes);
    offset += head.length + bytes.length;
  }
  const end = [...u32(0x06054b50), ...u16(0), ...u16(0), ...u16(entries.length), ...u16(entries.length)];
  chunks.push(Uint8Array.from([...directory, ...end, ...u32(directory.length), ...u32(offset), ...u16(0)]));
  const file = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  chunks.reduce((at, chunk) => {
    file.set(chunk, at);
    return at + chunk.length;
  }, 0);
  return file;
}

const text = (value: string): number[] => [...ascii('X'), ...u32(value.length), ...ascii(value)];
const integer = (value: number): number[] => [...ascii('J'), ...u32(value)];
const tuple = (items: readonly number[][]): number[] => [...ascii('('), ...items.flat(), ...ascii('t')];
export const globalName = (module: string, name: string): number[] => ascii(`c${module}\n${name}\n`);

export interface ViewedTensor {
  readonly shape: readonly number[];
  readonly stride: readonly number[];
  readonly offset?: number;
  /** The numbers of the storage as they lie in the file. */
  readonly storage: ArrayLike<number>;
  readonly type?: 'Float' | 'Double';
}

/** The pickle of a dictionary of tensors as torch.save writes it, protocol 2. */
export function pickleOf(tensors: ReadonlyMap<string, ViewedTensor>): number[] {
  const items = [...tensors].map(([name, { shape, stride, offset = 0, storage, type = 'Float' }], key) => {
    const id = tuple([
      text('storage'),
      globalName('torch', `${type}Storage`),
      text(String(key)),
      text('cpu'),
      integer(storage.length),
    ]);
    const args = tuple([
      [...id, ...ascii('Q')],
      integer(offset),
      tuple(shape.map(integer)),
      tuple(stride.map(integer)),
      [0x89],
      [...globalName('collections', 'OrderedDict'), ...ascii(')R')],
    ]);
    return [...text(name), ...globalName('torch._utils', '_rebuild_tensor_v2'), ...args, ...ascii('R')];
  });
  return [
    ...[0x80, 2, ...globalName('collections', 'OrderedDict'), ...ascii(')R(')],
    ...items.flat(),
    ...ascii('u.'),
  ];
}

const raw = (values: ArrayLike<number>, type: 'Float' | 'Double'): Uint8Array =>
  new Uint8Array((type === 'Float' ? Float32Array.from(values) : Float64Array.from(values)).buffer);

/** A checkpoint file with these tensors. */
export const checkpointOf = (tensors: ReadonlyMap<string, ViewedTensor>, root = 'state'): MadeEntry[] => [
  { name: `${root}/data.pkl`, bytes: Uint8Array.from(pickleOf(tensors)) },
  { name: `${root}/byteorder`, bytes: Uint8Array.from(ascii('little')) },
  ...[...tensors.values()].map(({ storage, type = 'Float' }, key) => ({
    name: `${root}/data/${key}`,
    bytes: raw(storage, type),
  })),
];

/** Contiguous tensors as views of storages of their own. */
export function viewed(tensors: ReadonlyMap<string, Tensor>): Map<string, ViewedTensor> {
  return new Map(
    [...tensors].map(([name, { shape, values }]) => [
      name,
      {
        shape,
        stride: shape.map((_, axis) => shape.slice(axis + 1).reduce((p, n) => p * n, 1)),
        storage: values,
      },
    ]),
  );
}
