import { strFromU8 } from 'fflate';
import type { Instrument } from '../../diffraction/instrument.ts';
import { plainFile } from '../../formats/fileBytes.ts';
import { type MeasuredPattern, scanOfPattern } from '../../formats/measuredPattern.ts';
import { type OpenedFile, readOpenedFile } from '../../formats/openedFile.ts';
import { FormatError } from '../../formats/result.ts';
import { type PreparedPattern, prepareTarget } from '../../measured/prepareTarget.ts';
import type { MeasuredSettings } from '../../measured/settings.ts';
import type { Conditions } from '../../study/plan.ts';
import type { TrialRecord } from '../../study/record.ts';
import { mergeStudies, readStudy, type Study } from '../../study/studyFile.ts';
import type { CallContext } from '../protocol.ts';

const bytesOf = async (file: Blob): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());

/** Bytes of a study file, compressed or not: servers may unpack a .gz on the way. @throws a sentence */
export function studyOfBytes(bytes: Uint8Array, name: string): Study {
  try {
    return readStudy(strFromU8(plainFile(name, bytes).bytes), name);
  } catch (error) {
    throw error instanceof FormatError ? new Error(`${name}: ${error.message}`) : error;
  }
}

/** A file, whose name a copy of it need not have. */
interface NamedFile {
  readonly file: Blob;
  readonly name: string;
}

/** Records in a message: a page takes them in between two frames. */
const GROUP = 500;

export const METHODS = {
  open: async (_: null, { file, name }: NamedFile): Promise<OpenedFile> =>
    readOpenedFile(name, await bytesOf(file)),

  /** A measured pattern on the grid of an instrument. */
  prepare: async (
    pattern: MeasuredPattern,
    { settings, instrument }: { readonly settings: MeasuredSettings; readonly instrument: Instrument },
  ): Promise<PreparedPattern> => prepareTarget(scanOfPattern(pattern), settings, instrument),

  /** Study files as one; its records come in groups. */
  async study(
    _: null,
    { files }: { readonly files: readonly NamedFile[] },
    { progress, breathe }: CallContext<readonly TrialRecord[]>,
  ): Promise<Conditions> {
    const studies: Study[] = [];
    for (const { file, name } of files) {
      studies.push(studyOfBytes(await bytesOf(file), name));
      await breathe();
    }
    const { conditions, records } = mergeStudies(
      studies,
      files.map(({ name }) => name),
    );
    for (let at = 0; at < records.length; at += GROUP) {
      progress(records.slice(at, at + GROUP));
      await breathe();
    }
    return conditions;
  },
};
