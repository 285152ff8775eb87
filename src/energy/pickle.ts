import { strFromU8 } from 'fflate';
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
  /** The last so many values, in their order. */
  const popped = (count: number): PickleValue[] => Array.from({ length: count }, pop).reverse();
  const popToMark = (): PickleValue[] => {
    const start = stack.lastIndexOf(MARK);
    if (start < 0) throw malformed('a mark is missing');
    return stack.splice(start).slice(1) as PickleValue[];
  };
  const top = (): Slot => {
    const value = stack.at(-1);
    if (value === undefined) throw malformed('a value is missing');
    return value;
  };
  const byte = (): number => bytes[need(1)]!;
  const uint32 = (): number => view.getUint32(need(4), true);
  const recall = (index: number): Slot => {
    const value = memo.get(index);
    if (value === undefined) throw malformed(`value ${index} is used before it exists`);
    return value;
  };
  const line = (): string => {
    const end = bytes.indexOf(0x0a, at);
    if (end < 0) throw new CheckpointError('the file is damaged: its list of tensors ends too early');
    const text = strFromU8(bytes.subarray(at, end), true);
    at = end + 1;
    return text;
  };
  const text = (): string => {
    const length = uint32();
    const from = need(length);
    return strFromU8(bytes.subarray(from, from + length));
  };
  const globalName = (): GlobalName => {
    const module = line();
    const global = `${module}.${line()}`;
    if (!hooks.allows(global))
      throw new CheckpointError(
        `the file asks for "${global.length > 60 ? `${global.slice(0, 60)}…` : global}", which weights have no use for; a pickle can run programs, so it was not read any further`,
      );
    return { global };
  };
  const called = (): PickleValue => {
    const [callee, args] = popped(2) as [PickleValue, PickleValue];
    if (!isGlobal(callee) || !Array.isArray(args)) throw malformed('something is called that is no class');
    return hooks.reduce(callee.global, args as readonly PickleValue[]);
  };
  const setItems = (items: readonly PickleValue[]): void => {
    const target = top();
    if (!(target instanceof Map)) throw malformed('items are set on something that is no dictionary');
    for (let i = 0; i + 1 < items.length; i += 2) target.set(items[i]!, items[i + 1]!);
  };
  const protocol = (): void => {
    const version = byte();
    if (version !== 2) throw malformed(`protocol ${version} is not 2`);
  };
  /** Opcodes that push a value. */
  const pushed = new Map<string, () => Slot>([
    ['}', () => new Map()],
    [')', () => []],
    ['(', () => MARK],
    ['t', popToMark],
    ['\x85', () => popped(1)],
    ['\x86', () => popped(2)],
    ['\x87', () => popped(3)],
    ['N', () => null],
    ['\x88', () => true],
    ['\x89', () => false],
    ['J', () => view.getInt32(need(4), true)],
    ['K', byte],
    ['M', () => view.getUint16(need(2), true)],
    ['X', text],
    ['h', () => recall(byte())],
    ['j', () => recall(uint32())],
    ['c', globalName],
    ['Q', () => hooks.persistent(pop())],
    ['R', called],
  ]);
  /** Opcodes that do something else. */
  const done = new Map<string, () => unknown>([
    ['\x80', protocol],
    ['q', () => memo.set(byte(), top())],
    ['r', () => memo.set(uint32(), top())],
    ['s', () => setItems(popped(2))],
    ['u', () => setItems(popToMark())],
    // The attributes of the dictionary (its _metadata) say nothing about tensors.
    ['b', () => [pop(), top()]],
  ]);
  for (;;) {
    const code = byte();
    const opcode = String.fromCharCode(code);
    if (opcode === '.') return pop();
    const push = pushed.get(opcode);
    const act = done.get(opcode);
    if (push) stack.push(push());
    else if (act) act();
    else
      throw malformed(
        `opcode 0x${code.toString(16).padStart(2, '0')} at byte ${at - 1} is none that a list of tensors uses`,
      );
  }
}

const isGlobal = (value: PickleValue): value is GlobalName =>
  typeof value === 'object' && value !== null && 'global' in value;

const malformed = (what: string): CheckpointError =>
  new CheckpointError(`the list of tensors in the file cannot be read: ${what}`);
