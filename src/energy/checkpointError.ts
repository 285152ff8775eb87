import { FormatError } from '../formats/result.ts';

/** A file of weights that is refused; the message is a sentence for the user and says what and where. */
export class CheckpointError extends FormatError {}
