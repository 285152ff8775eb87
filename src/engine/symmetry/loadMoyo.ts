import type { Moyo } from '../../symmetry/moyo.ts';

let loading: Promise<Moyo> | null = null;

/**
 * Loads @spglib/moyo-wasm (275 kB gzipped) on first use, from the own origin; the page's policy has to allow
 * 'wasm-unsafe-eval'. Rejects with a sentence, and is tried anew on the next call.
 */
export function loadMoyo(): Promise<Moyo> {
  loading ??= (async (): Promise<Moyo> => {
    const [module, { default: url }] = await Promise.all([
      import('@spglib/moyo-wasm'),
      import('@spglib/moyo-wasm/moyo_wasm_bg.wasm?url'),
    ]);
    await module.default({ module_or_path: url });
    return module;
  })().catch((error: unknown) => {
    loading = null;
    throw new Error(
      `The symmetry finder could not be loaded: ${error instanceof Error ? error.message : error}`,
    );
  });
  return loading;
}
