import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

const ROOT = join(import.meta.dirname, '../..');
const SOURCES = 'src/peakspace/simd';
/** Files that hold nothing for the host. */
const HELPERS = 'lanes.ts';
const CODE = join(ROOT, 'src/peakspace/simdCode.ts');

/**
 * The text of src/peakspace/simdCode.ts: the AssemblyScript of src/peakspace/simd compiled. Its functions take byte
 * addresses in the memory that the host hands in; numbers are float64 where nothing else is said, arrays aligned to 16
 * bytes.
 * @throws what the compiler says
 */
export async function simdCode(): Promise<string> {
  let code: Uint8Array | null = null;
  const { error, stderr } = await asc.main(
    [
      ...readdirSync(join(ROOT, SOURCES))
        .filter(name => name.endsWith('.ts') && name !== HELPERS)
        .sort()
        .map(name => `${SOURCES}/${name}`),
      ...['--baseDir', ROOT, '--outFile', 'simd.wasm', '--runtime', 'stub', '--enable', 'simd'],
      ...['-O3', '--noAssert', '--importMemory'],
    ],
    {
      writeFile(name, contents) {
        if (name.endsWith('.wasm')) code = contents as Uint8Array;
      },
    },
  );
  if (error || !code) throw new Error(`${error?.message ?? 'no code came out'}\n${stderr.toString()}`);
  return `/** Compiled from simd/ by \`npm run kernel\`: WebAssembly in base64. */
export const SIMD_CODE =
  '${Buffer.from(code).toString('base64')}';
`;
}

/** What is committed. */
export const committedSimdCode = (): string => readFileSync(CODE, 'utf8');

if (process.argv[1] === import.meta.filename) writeFileSync(CODE, await simdCode());
