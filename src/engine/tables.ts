import type { METHODS } from './webgl/gpuMethods.ts';

/** Methods of the workers by subject: tables that are chunks of their own, fetched when first asked for. */
export const TABLES = {
  evaluate: () => import('./methods/evaluate.ts'),
  analysis: () => import('./methods/analysis.ts'),
  recovery: () => import('./methods/recovery.ts'),
  study: () => import('./methods/study.ts'),
  files: () => import('./methods/files.ts'),
  compare: () => import('./methods/compare.ts'),
  energy: () => import('./methods/energy.ts'),
  phasing: () => import('./methods/phasing.ts'),
  symmetry: () => import('./methods/symmetry.ts'),
};

/** Those of a worker, which has WebGL's too. */
export type Tables = typeof TABLES & { readonly webgl: () => Promise<{ readonly METHODS: typeof METHODS }> };
export type TableName = keyof Tables;
export type TableOf<S extends TableName> = Awaited<ReturnType<Tables[S]>>['METHODS'];
