/** Outcome of a reader: the thing with what was assumed on the way, or a message that says what and where. */
export type Result<T> =
  | { readonly ok: true; readonly value: T; readonly warnings: readonly string[] }
  | Failure;

export interface Failure {
  readonly ok: false;
  readonly message: string;
  readonly line?: number;
  /** The tag, field or column at fault; the message names it too. */
  readonly tag?: string;
}

/** "quartz.cif, line 12: _cell_length_a: "four" is not a number". */
export function failureText(name: string, failure: Failure): string {
  const line = failure.line === undefined ? '' : `, line ${failure.line}`;
  return `${name}${line}: ${failure.message}`;
}

/** Ends the reading of a file from any depth; the reader's outermost function makes a Failure of it. */
export class FormatError extends Error {
  readonly line: number | undefined;
  readonly tag: string | undefined;
  constructor(message: string, line?: number, tag?: string) {
    super(message);
    this.line = line;
    this.tag = tag;
  }
}

/** Runs a reader, FormatErrors becoming Failures. Other errors are mistakes of ours and pass. */
export function settle<T>(read: () => Result<T>): Result<T> {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const { message, line, tag } = error;
    return {
      ok: false,
      message,
      ...(line === undefined ? {} : { line }),
      ...(tag === undefined ? {} : { tag }),
    };
  }
}

/** A piece of a file, short enough to stand in a message. */
export const excerpt = (text: string, most = 40): string =>
  text.length > most ? `${text.slice(0, most)}…` : text;
