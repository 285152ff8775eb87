import { existsSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { gunzipBounded } from '../formats/fileBytes.ts';
import { reasonOf } from '../num/reasonOf.ts';
import { UsageError } from './options.ts';

/** Bytes that a compressed file may unpack to; a text of twice as many is beyond Node. */
const MOST_UNPACKED = 2 ** 28;

/** True where there is something that is neither a file nor a folder, such as /dev/stdout: it is not read. */
export const isDevice = (path: string): boolean => {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && !found.isFile() && !found.isDirectory();
};

/** The bytes of a file. @throws UsageError with name and reason, as what follows */
export const bytesOf = (path: string): Uint8Array => read(path, () => readFileSync(path));

/** The text of a file, compressed or not. */
export const textOf = (path: string): string =>
  read(path, () => {
    const bytes = readFileSync(path);
    const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return packed ? Buffer.from(gunzipBounded(bytes, MOST_UNPACKED)).toString() : bytes.toString();
  });

function read<T>(path: string, reading: () => T): T {
  try {
    return reading();
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${reasonOf(error)}`);
  }
}

/** Writes to a file, by name or as it is open. @throws with name and reason */
export function write(path: string, content: string | Uint8Array, file: string | number = path): void {
  try {
    writeFileSync(file, content);
  } catch (error) {
    throw new Error(`${path} cannot be written: ${reasonOf(error)}`);
  }
}

/** Writes a file; one that is there is replaced once the new one is whole, so that a full disk costs nothing. */
export function replace(path: string, content: string | Uint8Array): void {
  const there = isDevice(path) || !existsSync(path) ? null : realpathSync(path);
  const part = there === null ? path : `${there}.part`;
  try {
    write(path, content, part);
    if (there !== null) renameSync(part, there);
  } finally {
    if (there !== null) rmSync(part, { force: true });
  }
}
