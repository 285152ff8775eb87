import { MOST_BYTES } from '../formats/limits.ts';

/** The published file: where it is pinned, and what its bytes hash to. */
export const PUBLISHED = {
  name: 'TensorNet-MatPES-PBE-v2025.1-PES',
  file: 'state.pt',
  sha256: 'd2dfa51a65d23a47fd935eb0628177d2a1088584562091ef3350ce3a002fce6a',
  bytes: 3_403_519,
  commit: 'e9cde229',
  licence: 'BSD-3-Clause, Copyright 2022 Materials Virtual Lab',
} as const;

/** Refusal of a file by its size alone. The published weights have 3.4 MB. */
export const tooLarge = (bytes: number): string =>
  `the file has ${Math.round(bytes / 1048576)} MB; weights of this kind have 3.4 MB, and ${MOST_BYTES / 1048576} MB is the limit`;
