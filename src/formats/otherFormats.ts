/** Formats of powder patterns that are not read, told by how they begin. */
const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/^\x89HDF/, 'HDF5 or NeXus'],
  [/^V[35]RD/, 'Philips RD'],
  [/^%PDF/, 'PDF'],
  [/^\x89PNG|^\xff\xd8\xff|^II\*\0|^MM\0\*/, 'an image'],
  [/^\xd0\xcf.\xe0\xa1/s, 'an old Excel workbook'],
  [/^\s*SIETRONICS XRD SCAN/, 'Sietronics CPI'],
  [/^\s*SampleIdent\s*,|^(?:[^\n]*\n){0,20}DataAngleRange\s*,/, 'Philips UDF'],
  [/^\s*\*(?:TYPE|CLASS)\s*=/, 'Rigaku ASC'],
  [/^(?:[^\n]*\n){0,5}INS\s+BANK/, 'a GSAS instrument file'],
  [/^(?:data_|[^\n]*\n(?:[^\n]*\n){0,400}_(?:pd_|cell_length))/, 'CIF'],
];

const ZIPS: readonly (readonly [RegExp, string])[] = [
  [/^Data\d+\/Profile\d+\.txt$/i, 'Rigaku RASX'],
  [/^xl\/workbook/, 'an Excel workbook'],
  [/^content\.xml$/, 'an OpenDocument table'],
];

export const otherText = (start: string): string | null =>
  OTHERS.find(([begins]) => begins.test(start))?.[1] ?? null;

export const otherZip = (names: readonly string[]): string | null =>
  ZIPS.find(([member]) => names.some(name => member.test(name)))?.[1] ?? null;

/** The sentence that refuses such a file. */
export const notRead = (name: string): string =>
  `the file is ${name}, which is not read as a pattern: save it as xy, xrdml, raw, brml or ras`;
