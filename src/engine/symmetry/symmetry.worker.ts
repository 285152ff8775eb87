import { analyseSymmetry } from '../../symmetry/analyseSymmetry.ts';
import { crystalInCell } from '../../symmetry/standardCells.ts';
import type { Request } from '../worker/protocol.ts';
import { type MethodTable, serveMethods } from '../worker/serve.ts';
import { loadMoyo } from './loadMoyo.ts';
import type { SymmetryMethods } from './protocol.ts';

const METHODS: MethodTable<SymmetryMethods, null> = {
  analyse: async (_, { structure, tolerance }) => analyseSymmetry(await loadMoyo(), structure, tolerance),
  inCell: async (_, { structure, tolerance, choice }) =>
    crystalInCell(await loadMoyo(), structure, choice, tolerance),
};

const scope = globalThis as unknown as {
  onmessage: (event: { data: Request<SymmetryMethods, null> }) => void;
  postMessage(value: unknown, transfer: Transferable[]): void;
};
const handle = serveMethods<SymmetryMethods, null>(METHODS, (reply, transfer) =>
  scope.postMessage(reply, transfer),
);
scope.onmessage = ({ data }) => handle(data);
