/** Outcome of a reader: the thing with what was assumed on the way, or a message that says what and where. */
export type Result<T> =
  | { readonly ok: true; readonly value: T; readonly warnings: readonly string[] }
  | Failure;

export interface Failure {
  readonly ok: false;
  readonly message: string;
  readonly line?: number | undefined;
}

/** "quartz.cif, line 12: _cell_length_a: "four" is not a number". */
export function failureText(name: string, failure: Failure): string {
  const line = failure.line === undefined ? '' : `, line ${failure.line}`;
  return `${name}${line}: ${failure.message}`;
}

/** Ends the reading of a file from any depth; the reader's outermost function makes a Failure of it. */
export class FormatError extends Error {
  readonly line: number | undefined;
  constructor(message: string, line?: number) {
    super(message);
    this.line = line;
  }
}

/** Runs a reader, FormatErrors becoming Failures. Other errors are mistakes of ours and pass. */
export function settle<T>(read: () => Result<T>): Result<T> {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { ok: false, message: error.message, line: error.line };
  }
}

/** A piece of a file, short enough to stand in a message. */
export const excerpt = (text: string, most = 40): string =>
  text.length > most ? `${text.slice(0, most)}…` : text;
