/** Kept runs as files: written out, and added from files. Loaded when one of them is asked for. */
import { html } from 'lit';
import { download, type RunColumn, type RunRow, runsCSV, runsWords } from '../../components/index.ts';
import type { Imported, Runs } from '../../state/runs.ts';
import type { Words } from '../../figures/say-problem.ts';
import { decodeText } from '../../text-file.ts';
import { sayError } from '../say-error.ts';

/** @param table what the CSV shows: its rows and columns */
export async function saveRuns(
  store: Runs,
  lesson: string,
  format: 'json' | 'csv',
  table: [readonly RunRow[], readonly RunColumn[]],
): Promise<void> {
  const isTable = format === 'csv';
  const text = isTable ? runsCSV(...table, runsWords) : await store.export(lesson);
  const type = isTable ? 'text/csv' : 'application/json';
  download(`scaling-lab-${lesson}.${format}`, new Blob([text], { type }));
}

/** What came of files that were to be added. */
interface Added {
  /** nothing where no file could be read */
  imported: Pick<Imported, 'added' | 'known'> | undefined;
  /** what is wrong with the others, a line each */
  refused: Words[];
}

/** Adds the runs of all files; what is wrong with one does not keep the others out. */
export async function addRuns(store: Runs, files: readonly File[]): Promise<Added> {
  const refused: Words[] = [];
  let imported: Added['imported'];
  for (const file of files) {
    try {
      const { added, known } = await store.import(await textOf(file), bareName(file.name));
      imported = { added: (imported?.added ?? 0) + added, known: (imported?.known ?? 0) + known };
    } catch (error) {
      const lines = sayError(error as Error);
      refused.push(...(files.length > 1 ? lines.map((line) => html`${file.name}: ${line}`) : lines));
    }
  }
  return { imported, refused };
}

const bareName = (file: string): string => file.replace(/\.json$/i, '');

/** As people have it: UTF-8 or UTF-16, with or without a mark. */
async function textOf(file: File): Promise<string> {
  return decodeText(new Uint8Array(await file.arrayBuffer()))?.text ?? '';
}
