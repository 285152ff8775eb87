/** What a reader returns: the thing with what was assumed on the way, or a message that says what and where. */
export type Result<T> =
  | { readonly ok: true; readonly value: T; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly message: string; readonly line?: number };
