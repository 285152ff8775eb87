import { strFromU8 } from 'fflate';
import { MOST_BYTES } from '../formats/limits.ts';
import { entryBytes, type ZipEntry, zipEntries } from '../formats/zipArchive.ts';
import { CheckpointError } from './checkpointError.ts';
import { type GlobalName, type PickledObject, type PickleValue, readPickle } from './pickle.ts';
import { tooLarge } from './published.ts';

/** A tensor of a checkpoint, contiguous row-major, in float64 whatever the file holds. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

interface Storage extends PickledObject {
  readonly kind: 'storage';
  readonly values: Float64Array;
}
interface TensorObject extends PickledObject {
  readonly kind: 'tensor';
  readonly tensor: Tensor;
}

const BYTES: Readonly<Record<string, number>> = { 'torch.FloatStorage': 4, 'torch.DoubleStorage': 8 };
const REBUILD = 'torch._utils._rebuild_tensor_v2';
const REBUILD_PARAMETER = 'torch._utils._rebuild_parameter';
const ORDERED = 'collections.OrderedDict';
const ALLOWED = new Set([REBUILD, REBUILD_PARAMETER, ORDERED, ...Object.keys(BYTES)]);

/** Numbers of all storages and all tensors: many tensors may share a storage, and strides of zero repeat a number. */
const MOST_NUMBERS = 1 << 23;
/** Bytes of the pickle: each may make an object of a hundred. */
const LARGEST_LIST = 1 << 20;

/** Counts numbers about to be held. @throws CheckpointError beyond MOST_NUMBERS */
type Spend = (count: number) => void;

/**
 * The bytes of a stored entry. PyTorch never compresses; an entry that claims to be compressed is refused before anything
 * is unpacked, so that no small file can swell.
 */
function storedBytes(bytes: Uint8Array, entry: ZipEntry): Uint8Array {
  if (entry.method !== 0)
    throw new CheckpointError(
      `entry "${entry.name}" is compressed (method ${entry.method}); PyTorch stores its entries as they are`,
    );
  return entryBytes(bytes, entry, entry.size);
}

/**
 * Reads a PyTorch state dictionary (`state.pt`): a zip archive of stored entries with a pickle `NAME/data.pkl` and raw
 * little-endian storages `NAME/data/KEY`; tensors are views (storage, offset, size, stride).
 * @throws CheckpointError with a sentence for the user
 */
export function readCheckpoint(bytes: Uint8Array): Map<string, Tensor> {
  if (bytes.length > MOST_BYTES) throw new CheckpointError(tooLarge(bytes.length));
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b)
    throw new CheckpointError('this is no PyTorch file: it does not begin like a zip archive');
  const entries = zipEntries(bytes);
  const list = entries.find(entry => entry.name === 'data.pkl' || entry.name.endsWith('/data.pkl'));
  if (!list)
    throw new CheckpointError(
      `this zip archive holds no PyTorch weights: none of its ${entries.length} entries is called data.pkl`,
    );
  const root = list.name.slice(0, -'data.pkl'.length);
  const byName = new Map(entries.map(entry => [entry.name, entry]));
  const order = byName.get(`${root}byteorder`);
  if (order && strFromU8(storedBytes(bytes, order).subarray(0, 20), true).trim() !== 'little')
    throw new CheckpointError('the numbers of the file are not little-endian');
  if (list.size > LARGEST_LIST)
    throw new CheckpointError(`the list of tensors has ${list.size} bytes; that of such weights has 20,000`);
  const storages = new Map<string, Storage>();
  let numbers = 0;
  const spend: Spend = count => {
    numbers += count;
    if (numbers > MOST_NUMBERS)
      throw new CheckpointError(
        'storages and tensors hold more than 8 million numbers in all; those of such weights hold 1.7 million',
      );
  };
  const value = readPickle(storedBytes(bytes, list), {
    allows: name => ALLOWED.has(name),
    persistent: id => storageOf(id, bytes, root, byName, storages, spend),
    reduce: (name, args) => {
      if (name === ORDERED) return new Map();
      if (name === REBUILD_PARAMETER) return args[0] ?? null;
      if (name === REBUILD) return rebuilt(args, spend);
      throw new CheckpointError(`the list of tensors in the file cannot be read: ${name} is called`);
    },
  });
  if (!(value instanceof Map)) throw new CheckpointError('the file holds no dictionary of tensors');
  const tensors = new Map<string, Tensor>();
  for (const [name, entry] of value) {
    if (typeof name !== 'string' || !isKind<TensorObject>(entry, 'tensor'))
      throw new CheckpointError(`the file holds something that is no tensor under "${String(name)}"`);
    tensors.set(name, entry.tensor);
  }
  return tensors;
}

const isKind = <T extends PickledObject>(value: PickleValue | undefined, kind: T['kind']): value is T =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;

/** The storage that a persistent id ('storage', class, key, device, count) names. */
function storageOf(
  id: PickleValue,
  bytes: Uint8Array,
  root: string,
  entries: ReadonlyMap<string, ZipEntry>,
  known: Map<string, Storage>,
  spend: Spend,
): Storage {
  const [what, type, key, , count] = Array.isArray(id) ? (id as readonly PickleValue[]) : [];
  const width = BYTES[(type as GlobalName | undefined)?.global ?? ''];
  if (what !== 'storage' || typeof key !== 'string' || typeof count !== 'number' || !width)
    throw new CheckpointError('the list of tensors in the file cannot be read: a storage is not described');
  const found = known.get(key);
  if (found) return found;
  const name = `${root}data/${key}`;
  const entry = entries.get(name);
  if (!entry) throw new CheckpointError(`the file is damaged: entry "${name}" is missing`);
  if (entry.size !== count * width)
    throw new CheckpointError(
      `entry "${name}" has ${entry.size} bytes where ${count} numbers need ${count * width}`,
    );
  spend(count);
  const raw = storedBytes(bytes, entry);
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const values = Float64Array.from({ length: count }, (_, i) =>
    width === 4 ? view.getFloat32(4 * i, true) : view.getFloat64(8 * i, true),
  );
  const storage: Storage = { kind: 'storage', values };
  known.set(key, storage);
  return storage;
}

/** _rebuild_tensor_v2(storage, offset, size, stride, …), its strides honoured. */
function rebuilt(args: readonly PickleValue[], spend: Spend): TensorObject {
  const [storage, offset, size, stride] = args;
  const numbers = (value: PickleValue | undefined): value is readonly number[] =>
    Array.isArray(value) && value.every(entry => Number.isInteger(entry) && (entry as number) >= 0);
  if (
    !isKind<Storage>(storage, 'storage') ||
    typeof offset !== 'number' ||
    !numbers(size) ||
    !numbers(stride)
  )
    throw new CheckpointError('the list of tensors in the file cannot be read: a tensor is not described');
  const count = size.reduce((product, n) => product * n, 1);
  const last = offset + size.reduce((sum, n, axis) => sum + (n - 1) * (stride[axis] ?? 0), 0);
  if (size.length > 8) throw new CheckpointError(`a tensor has ${size.length} dimensions`);
  if (stride.length !== size.length || last >= storage.values.length || offset < 0)
    throw new CheckpointError(
      `a tensor of shape [${size.join(', ')}] reaches beyond the ${storage.values.length} numbers of its storage`,
    );
  spend(count);
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let from = offset;
    for (let axis = size.length - 1, rest = i; axis >= 0; axis--) {
      from += (rest % size[axis]!) * stride[axis]!;
      rest = Math.floor(rest / size[axis]!);
    }
    values[i] = storage.values[from]!;
  }
  return { kind: 'tensor', tensor: { shape: [...size], values } };
}
