import { CheckpointError } from './checkpointError.ts';

/** A class that the pickle names. It is never looked up anywhere: `reduce` decides what calling it means. */
export interface GlobalName {
  readonly global: string;
}

export type PickleValue =
  | null
  | boolean
  | number
  | string
  | GlobalName
  | readonly PickleValue[]
  | Map<PickleValue, PickleValue>
  | PickledObject;

/** An object that `reduce` or `persistent` makes of its arguments. */
export interface PickledObject {
  readonly kind: string;
}

export interface PickleHooks {
  /** True for a name that may occur; nothing else of the file is read once one may not. */
  readonly allows: (global: string) => boolean;
  readonly reduce: (global: string, args: readonly PickleValue[]) => PickleValue;
  readonly persistent: (id: PickleValue) => PickleValue;
}

const MARK = Symbol('mark');
type Slot = PickleValue | typeof MARK;

/**
 * Reads a pickle of protocol 2 with the few opcodes that a PyTorch state dictionary consists of (Python's
 * pickletools.py). A pickle is a program; this reader can build numbers, text, tuples, dictionaries and tensors and
 * nothing else: any other opcode and any global that `allows` does not know end the reading.
 */
export function readPickle(bytes: Uint8Array, hooks: PickleHooks): PickleValue {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stack: Slot[] = [];
  const memo = new Map<number, Slot>();
  let at = 0;
  const need = (count: number): number => {
    const from = at;
    at += count;
    if (at > bytes.length)
      throw new CheckpointError('the file is damaged: its list of tensors ends too early');
    return from;
  };
  const pop = (): PickleValue => {
    const value = stack.pop();
    if (value === undefined || value === MARK) throw malformed('a value is missing');
    return value;
  };
  const popToMark = (): PickleValue[] => {
    const start = stack.lastIndexOf(MARK);
    if (start < 0) throw malformed('a mark is missing');
    const items = stack.splice(start).slice(1);
    return items as PickleValue[];
  };
  const top = (): Slot => {
    const value = stack.at(-1);
    if (value === undefined) throw malformed('a value is missing');
    return value;
  };
  const recall = (index: number): Slot => {
    const value = memo.get(index);
    if (value === undefined) throw malformed(`value ${index} is used before it exists`);
    return value;
  };
  const line = (): string => {
    const end = bytes.indexOf(0x0a, at);
    if (end < 0) throw new CheckpointError('the file is damaged: its list of tensors ends too early');
    const text = String.fromCharCode(...bytes.subarray(at, end));
    at = end + 1;
    return text;
  };
  const setItems = (items: readonly PickleValue[]): void => {
    const target = top();
    if (!(target instanceof Map)) throw malformed('items are set on something that is no dictionary');
    for (let i = 0; i + 1 < items.length; i += 2) target.set(items[i]!, items[i + 1]!);
  };
  for (;;) {
    const code = bytes[need(1)]!;
    switch (String.fromCharCode(code)) {
      case '\x80': {
        const protocol = bytes[need(1)]!;
        if (protocol !== 2) throw malformed(`protocol ${protocol} is not 2`);
        break;
      }
      case '}':
        stack.push(new Map());
        break;
      case ')':
        stack.push([]);
        break;
      case '(':
        stack.push(MARK);
        break;
      case 't':
        stack.push(popToMark());
        break;
      case '\x85':
        stack.push([pop()]);
        break;
      case '\x86': {
        const second = pop();
        stack.push([pop(), second]);
        break;
      }
      case '\x87': {
        const third = pop();
        const second = pop();
        stack.push([pop(), second, third]);
        break;
      }
      case 'N':
        stack.push(null);
        break;
      case '\x88':
        stack.push(true);
        break;
      case '\x89':
        stack.push(false);
        break;
      case 'J':
        stack.push(view.getInt32(need(4), true));
        break;
      case 'K':
        stack.push(bytes[need(1)]!);
        break;
      case 'M':
        stack.push(view.getUint16(need(2), true));
        break;
      case 'X': {
        const length = view.getUint32(need(4), true);
        const from = need(length);
        stack.push(utf8(bytes.subarray(from, from + length)));
        break;
      }
      case 'q':
        memo.set(bytes[need(1)]!, top());
        break;
      case 'r':
        memo.set(view.getUint32(need(4), true), top());
        break;
      case 'h':
        stack.push(recall(bytes[need(1)]!));
        break;
      case 'j':
        stack.push(recall(view.getUint32(need(4), true)));
        break;
      case 'c': {
        const module = line();
        const global = `${module}.${line()}`;
        if (!hooks.allows(global))
          throw new CheckpointError(
            `the file asks for "${global}", which weights have no use for; a pickle can run programs, so it was not read any further`,
          );
        stack.push({ global });
        break;
      }
      case 'Q':
        stack.push(hooks.persistent(pop()));
        break;
      case 'R': {
        const args = pop();
        const callee = pop();
        if (!isGlobal(callee) || !Array.isArray(args))
          throw malformed('something is called that is no class');
        stack.push(hooks.reduce(callee.global, args as readonly PickleValue[]));
        break;
      }
      case 's': {
        const value = pop();
        const key = pop();
        setItems([key, value]);
        break;
      }
      case 'u':
        setItems(popToMark());
        break;
      case 'b':
        // The attributes of the dictionary (its _metadata) say nothing about tensors.
        pop();
        top();
        break;
      case '.':
        return pop();
      default:
        throw malformed(
          `opcode 0x${code.toString(16).padStart(2, '0')} at byte ${at - 1} is none that a list of tensors uses`,
        );
    }
  }
}

const isGlobal = (value: PickleValue): value is GlobalName =>
  typeof value === 'object' && value !== null && 'global' in value;

const malformed = (what: string): CheckpointError =>
  new CheckpointError(`the list of tensors in the file cannot be read: ${what}`);

/** UTF-8 of the basic plane; other sequences become U+FFFD. The names of tensors are ASCII. */
function utf8(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i++) {
    const b = bytes[i]!;
    if (b < 0x80) text += String.fromCharCode(b);
    else if (b >= 0xc0 && b < 0xe0) text += String.fromCharCode(((b & 31) << 6) | (bytes[++i]! & 63));
    else if (b >= 0xe0 && b < 0xf0)
      text += String.fromCharCode(((b & 15) << 12) | ((bytes[++i]! & 63) << 6) | (bytes[++i]! & 63));
    else text += '\ufffd';
  }
  return text;
}
