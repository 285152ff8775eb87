import { describe, expect, it } from 'vitest';
import { readCheckpoint } from '../../src/energy/checkpoint.ts';
import { tensorNetWeights } from '../../src/energy/weights.ts';
import { crc32 } from '../../src/formats/zipArchive.ts';
import { checkpointOf, globalName, type MadeEntry, viewed, zipFile } from './checkpointFile.ts';
import { randomTensors, tensorShapes } from './randomTensors.ts';
import { HAVE_WEIGHTS, NEEDS, weightsBytes } from './weightsFile.ts';

const ascii = (text: string): Uint8Array => Uint8Array.from(text, letter => letter.charCodeAt(0));
const SMALL = new Map([
  // A transposed view, and one that begins in the middle of its storage.
  ['turned', { shape: [3, 2], stride: [1, 3], storage: [1, 2, 3, 4, 5, 6] }],
  ['middle', { shape: [2], stride: [1], offset: 2, storage: [0.1, 0.2, 0.3, 0.4], type: 'Double' as const }],
  ['scalar', { shape: [], stride: [], storage: [7.5] }],
]);
const withPickle = (code: readonly number[]): MadeEntry[] =>
  checkpointOf(SMALL).map(entry =>
    entry.name.endsWith('data.pkl') ? { ...entry, bytes: Uint8Array.from(code) } : entry,
  );
const refusal = (bytes: Uint8Array): string => {
  try {
    readCheckpoint(bytes);
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};

describe('the checkpoint reader', () => {
  it('has the CRC-32 of the standard check string', () => {
    expect(crc32(ascii('123456789'))).toBe(0xcbf43926);
  });

  it('honours offset and stride, and reads float and double', () => {
    const tensors = readCheckpoint(zipFile(checkpointOf(SMALL, 'any name')));
    expect([...tensors.keys()]).toEqual(['turned', 'middle', 'scalar']);
    expect(tensors.get('turned')).toEqual({ shape: [3, 2], values: Float64Array.of(1, 4, 2, 5, 3, 6) });
    expect(tensors.get('middle')!.values).toEqual(Float64Array.of(0.3, 0.4));
    expect(tensors.get('scalar')).toEqual({ shape: [], values: Float64Array.of(7.5) });
  });

  it('names a global that weights have no use for and reads no further', () => {
    const program = [0x80, 2, ...globalName('posix', 'system'), ...ascii('(X\x02\x00\x00\x00lstR.')];
    expect(refusal(zipFile(withPickle(program)))).toMatch(/asks for "posix\.system".*not read any further/);
  });

  it('refuses the opcodes of newer pickles and of objects', () => {
    for (const code of ['\x93', '\x81', 'i', 'o', '0', '2'])
      expect(refusal(zipFile(withPickle([0x80, 2, ...ascii(`(${code}.`)])))).toMatch(
        /opcode 0x[0-9a-f]{2} at byte 3/,
      );
    expect(refusal(zipFile(withPickle([0x80, 4, 0x2e])))).toMatch(/protocol 4 is not 2/);
  });

  it('refuses an unrelated zip, a file that is no zip and one that is too large, each in its own words', () => {
    expect(refusal(zipFile([{ name: 'letter.txt', bytes: ascii('hello') }]))).toMatch(
      /none of its 1 entries is called data\.pkl/,
    );
    expect(refusal(ascii('data_U2Ti\n_cell_length_a 4.828\n# a CIF file'))).toMatch(
      /does not begin like a zip/,
    );
    expect(refusal(new Uint8Array(65 * 1024 * 1024))).toMatch(/65 MB.*64 MB is the limit/);
  });

  it('refuses compressed entries before anything is unpacked', () => {
    const entries = checkpointOf(SMALL);
    expect(refusal(zipFile(entries.map(entry => ({ ...entry, method: 8 }))))).toMatch(
      /"state\/byteorder" is compressed \(method 8\)/,
    );
    expect(
      refusal(
        zipFile(entries.map(entry => (entry.name === 'state/data/1' ? { ...entry, method: 8 } : entry))),
      ),
    ).toMatch(/"state\/data\/1" is compressed/);
  });

  it('tells a damaged file: a wrong byte, a lost end, a missing entry', () => {
    const file = zipFile(checkpointOf(SMALL));
    const flipped = Uint8Array.from(file);
    // The first byte of storage 0, behind the third local header.
    const at =
      file.findLastIndex(
        (_, i) =>
          file.subarray(i, i + 12).every((byte, k) => byte === 'state/data/0'.charCodeAt(k)) && i < 900,
      ) + 12;
    flipped[at] = flipped[at]! ^ 1;
    expect(refusal(flipped)).toMatch(
      /damaged: entry "state\/data\/0" does not agree with its size or checksum/,
    );
    expect(refusal(file.subarray(0, file.length - 30))).toMatch(/damaged.*directory at the end.*missing/);
    expect(refusal(zipFile(checkpointOf(SMALL).slice(0, -1)))).toMatch(
      /damaged.*"state\/data\/2" is missing/,
    );
    const short = withPickle([...checkpointOf(SMALL)[0]!.bytes].slice(0, 60));
    expect(refusal(zipFile(short))).toMatch(/damaged: its list of tensors ends too early/);
  });

  it('never answers a file cut anywhere with anything but a refusal', () => {
    const file = zipFile(checkpointOf(SMALL));
    for (let length = 0; length < file.length; length += 7)
      expect(refusal(file.subarray(0, length)), `${length} bytes`).not.toBe('accepted');
  });

  it('refuses a tensor that reaches beyond its storage, and a storage of the wrong size', () => {
    const beyond = new Map([['x', { shape: [4, 2], stride: [2, 1], storage: [1, 2, 3] }]]);
    expect(refusal(zipFile(checkpointOf(beyond)))).toMatch(/shape \[4, 2\] reaches beyond the 3 numbers/);
    const repeated = new Map([['x', { shape: [60_000, 60_000], stride: [0, 0], storage: [1] }]]);
    expect(refusal(zipFile(checkpointOf(repeated)))).toMatch(/more than 8 million numbers in all/);
    const entries = checkpointOf(SMALL).map(entry =>
      entry.name === 'state/data/0' ? { ...entry, bytes: entry.bytes.subarray(4) } : entry,
    );
    expect(refusal(zipFile(entries))).toMatch(/"state\/data\/0" has 20 bytes where 6 numbers need 24/);
  });
});

it('bounds what the tensors of a file hold together, and its list: 8.8 kB took 2 GB', () => {
  const many = (shape: number[], storage: ArrayLike<number>) =>
    new Map(Array.from({ length: 70 }, (_, i) => [`t${i}`, { shape, stride: [0], storage }] as const));
  const bomb = zipFile(checkpointOf(many([4_000_000], [1])));
  expect(bomb.length).toBeLessThan(20_000);
  expect(refusal(bomb)).toMatch(/^storages and tensors hold more than 8 million numbers in all/);
  const storages = zipFile(checkpointOf(many([1], new Float32Array(150_000))));
  expect(refusal(storages)).toMatch(/^storages and tensors hold more than 8 million numbers in all/);
  const long = [...ascii('c'), ...Array<number>(900_000).fill(65), 10, 65, 10];
  expect(refusal(zipFile(withPickle(long)))).toMatch(/^the file asks for "A{60}…"/);
  expect(refusal(zipFile(withPickle(Array(1_100_000).fill(125))))).toMatch(
    /^the list of tensors has 1100000 bytes/,
  );
});

describe('the weights', () => {
  it('are taken from a file with the names and shapes of the model', () => {
    const tensors = readCheckpoint(zipFile(checkpointOf(viewed(randomTensors()))));
    const weights = tensorNetWeights(tensors);
    expect(weights.layers).toHaveLength(2);
    expect(weights.layers[1]!.scalar[2]!.weight[5]).toBe(
      Math.fround(randomTensors().get('model.layers.1.linears_scalar.2.weight')!.values[5]!),
    );
    const { weight, transposed } = weights.pair;
    expect(transposed[7 * 128 + 3]).toBe(weight[3 * 256 + 7]);
  });

  it('are refused by the name of the tensor that is missing, too much, of another shape or not a number', () => {
    const changed = (change: (tensors: ReturnType<typeof randomTensors>) => void): string => {
      const tensors = randomTensors();
      change(tensors);
      try {
        tensorNetWeights(tensors);
      } catch (error) {
        return (error as Error).message;
      }
      return 'accepted';
    };
    expect(changed(t => t.delete('model.linear.bias'))).toMatch(/no tensor "model\.linear\.bias"/);
    expect(changed(t => t.set('model.extra', { shape: [1], values: Float64Array.of(1) }))).toMatch(
      /no use for "model\.extra"/,
    );
    expect(
      changed(t => t.set('model.out_norm.bias', { shape: [128], values: new Float64Array(128) })),
    ).toMatch(/"model\.out_norm\.bias" has the shape \[128\] instead of \[384\]/);
    expect(
      changed(t => {
        t.get('model.linear.bias')!.values[3] = Number.NaN;
      }),
    ).toMatch(/number 4 of tensor "model\.linear\.bias" is NaN/);
  });

  it.skipIf(!HAVE_WEIGHTS)(
    `of the published file have the names and shapes of the list here ${NEEDS}`,
    () => {
      const tensors = readCheckpoint(weightsBytes());
      const shapes = [...tensors].map(([name, { shape }]): [string, readonly number[]] => [name, shape]);
      expect(new Map(shapes)).toEqual(tensorShapes());
      const weights = tensorNetWeights(tensors);
      // From torch.load, printed to 7 digits: data_std, and the reference energy of plutonium.
      expect(weights.dataStd).toBeCloseTo(3.1115448, 6);
      expect(weights.offsets[88]).toBeCloseTo(-10.3924459, 6);
    },
  );
});
