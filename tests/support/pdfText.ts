import { inflateSync } from 'node:zlib';

/** Numbers of a hexadecimal text, two bytes each. */
const codes = (hex: string): number[] => (hex.match(/.{4}/g) ?? []).map(part => Number.parseInt(part, 16));
const text = (hex: string): string => String.fromCharCode(...codes(hex));

/** Characters by glyph, of a /ToUnicode map. */
function glyphs(map: string): Map<number, string> {
  const found = new Map<number, string>();
  for (const [, block = ''] of map.matchAll(/beginbfchar(.*?)endbfchar/gs))
    for (const [, from = '', to = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>/g))
      found.set(codes(from)[0]!, text(to));
  for (const [, block = ''] of map.matchAll(/beginbfrange(.*?)endbfrange/gs))
    for (const [, from = '', to = '', first = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g)) {
      const [low, high, start] = [from, to, first].map(hex => codes(hex)[0]!) as [number, number, number];
      for (let i = low; i <= high; i++) found.set(i, String.fromCharCode(start + i - low));
    }
  return found;
}

/** The number of sheets and the words of a PDF as Chromium writes it, without any white space. */
export function readPdf(bytes: Buffer): { readonly sheets: number; readonly text: string } {
  const whole = bytes.toString('latin1');
  const objects = new Map<string, { readonly head: string; readonly stream: string }>();
  for (const [, id = '', content = ''] of whole.matchAll(/(?:^|\n)(\d+) 0 obj\s(.*?)endobj/gs)) {
    const [head = '', ...rest] = content.split(/stream\r?\n/);
    const raw = Buffer.from(rest.join('stream\n').replace(/\r?\nend$/, ''), 'latin1');
    const packed = head.includes('/FlateDecode') && !head.includes('/Image');
    objects.set(id, { head, stream: packed ? inflateSync(raw).toString('latin1') : raw.toString('latin1') });
  }
  const fonts = new Map<string, Map<number, string>>();
  for (const { head } of objects.values())
    for (const [, list = ''] of head.matchAll(/\/Font\s*<<(.*?)>>/gs))
      for (const [, name = '', id = ''] of list.matchAll(/\/(\w+) (\d+) 0 R/g)) {
        const map = objects.get(id)?.head.match(/\/ToUnicode (\d+) 0 R/)?.[1];
        if (map) fonts.set(name, glyphs(objects.get(map)!.stream));
      }
  let words = '';
  for (const { stream } of objects.values()) {
    let font: Map<number, string> | undefined;
    for (const [, name, hex] of stream.matchAll(/\/(\w+) [\d.-]+ Tf|<([0-9A-Fa-f]+)>/g))
      if (name) font = fonts.get(name);
      else if (font)
        words += codes(hex!)
          .map(code => font!.get(code) ?? '')
          .join('');
  }
  return { sheets: (whole.match(/\/Type\s*\/Page\b/g) ?? []).length, text: words.replace(/\s/g, '') };
}
