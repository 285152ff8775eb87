/** Two 32-bit FNV-1a hashes of a text with different seeds, as eight letters or digits. Not a secret, only a name. */
export function contentId(kind: 'own' | 'xrd', text: string): string {
  const hash = (seed: number): number => {
    let h = seed;
    for (let i = 0; i < text.length; i++) {
      h ^= text.charCodeAt(i);
      h = Math.imul(h, 0x01000193);
    }
    return h >>> 0;
  };
  const four = (h: number): string => (h % 36 ** 4).toString(36).padStart(4, '0');
  return `${kind}-${four(hash(0x811c9dc5))}${four(hash(0x9747b28c))}`;
}
