import type { Request } from '../worker/protocol.ts';
import { serveMethods } from '../worker/serve.ts';
import { STUDY_METHODS } from './studyMethods.ts';
import type { StudyMethods, StudyProblem } from './studyProtocol.ts';

const scope = globalThis as unknown as {
  onmessage: (event: { data: Request<StudyMethods, StudyProblem> }) => void;
  postMessage(value: unknown, transfer: Transferable[]): void;
};
const handle = serveMethods<StudyMethods, StudyProblem>(STUDY_METHODS, (reply, transfer) =>
  scope.postMessage(reply, transfer),
);
scope.onmessage = ({ data }) => handle(data);
