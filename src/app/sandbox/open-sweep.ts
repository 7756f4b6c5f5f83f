/** Reads a sweep from a file, as the command line writes and takes it. */
import { accepted } from '../../problems.ts';
import { decodeText } from '../../text-file.ts';
import type { FormDescription, Lab } from '../../worker/protocol.ts';
import { sayError } from '../say-error.ts';
import type { Words } from '../../figures/say-problem.ts';
import { AxisError, readSweepFile, toSweep } from './sweep-draft.ts';
import { strings } from './sweep-strings.ts';

export type SweepFile = ReturnType<typeof readSweepFile>;

/** @returns the sweep, or why the file was refused */
export async function openSweep(
  file: File,
  lab: Lab,
  form: FormDescription,
): Promise<{ read: SweepFile } | { refused: readonly Words[] }> {
  try {
    const read = readSweepFile(decodeText(new Uint8Array(await file.arrayBuffer()))?.text ?? '');
    accepted(await lab.plan(toSweep(read.base, read.sweep, form)));
    return { read };
  } catch (error) {
    const isAxis = error instanceof AxisError;
    return { refused: isAxis ? [strings.problem(error.reason)] : sayError(error as Error) };
  }
}
