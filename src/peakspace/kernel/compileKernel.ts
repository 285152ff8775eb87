import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

const ROOT = join(import.meta.dirname, '../../..');
const SOURCES = 'src/peakspace/kernel/assembly';
/** Files that hold nothing for the host. */
const HELPERS = 'lanes.ts';
const CODE = join(ROOT, 'src/peakspace/kernel/kernelCode.ts');

/**
 * The text of src/peakspace/kernel/kernelCode.ts: the AssemblyScript of src/peakspace/kernel/assembly compiled. Its functions take byte
 * addresses in the memory that the host hands in; numbers are float64 where nothing else is said, arrays aligned to 16
 * bytes.
 * @throws what the compiler says
 */
export async function compileKernel(): Promise<string> {
  let code: Uint8Array | null = null;
  const { error, stderr } = await asc.main(
    [
      ...readdirSync(join(ROOT, SOURCES))
        .filter(name => name.endsWith('.ts') && name !== HELPERS)
        .sort()
        .map(name => `${SOURCES}/${name}`),
      ...['--baseDir', ROOT, '--outFile', 'kernel.wasm', '--runtime', 'stub', '--enable', 'simd'],
      ...['-O3', '--noAssert', '--importMemory'],
    ],
    {
      writeFile(name, contents) {
        if (name.endsWith('.wasm')) code = contents as Uint8Array;
      },
    },
  );
  if (error || !code) throw new Error(`${error?.message ?? 'no code came out'}\n${stderr.toString()}`);
  return `/** Compiled from assembly/ by \`npm run kernel\`: WebAssembly in base64. */
export const KERNEL_CODE =
  '${Buffer.from(code).toString('base64')}';
`;
}

/** The committed text. */
export const committedKernelCode = (): string => readFileSync(CODE, 'utf8');

if (process.argv[1] === import.meta.filename) writeFileSync(CODE, await compileKernel());
