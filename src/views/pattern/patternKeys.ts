/** What a key does in the focused plot. */
export type KeyAction =
  | { readonly kind: 'pan'; readonly share: number }
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'step'; readonly direction: 1 | -1 }
  | { readonly kind: 'reset' }
  | { readonly kind: 'clear' };

/** Share of the range that one press moves, and by how much it zooms. */
const PAN = 0.1;
const ZOOM = 0.8;

const ACTIONS: ReadonlyMap<string, KeyAction> = new Map<string, KeyAction>([
  ['ArrowLeft', { kind: 'pan', share: -PAN }],
  ['ArrowRight', { kind: 'pan', share: PAN }],
  ['+', { kind: 'zoom', factor: ZOOM }],
  ['=', { kind: 'zoom', factor: ZOOM }],
  ['-', { kind: 'zoom', factor: 1 / ZOOM }],
  [',', { kind: 'step', direction: -1 }],
  ['.', { kind: 'step', direction: 1 }],
  ['Home', { kind: 'reset' }],
  ['Escape', { kind: 'clear' }],
]);

export const keyAction = (key: string): KeyAction | undefined => ACTIONS.get(key);
