/** What a live class leaves: loaded when it is asked for. */
import { Pool } from '../../../../class/pool.ts';
import { toCSV, toJSON } from '../../../../class/pooled.ts';
import type { MemberResult } from '../../../../class/result.ts';
import { download } from '../../../../components/index.ts';
import type { ClassFigure } from '../../class-figure.ts';
import type { ClassHands } from '../hands/class-hands.ts';

/** What the class has drawn. */
export type Chart = ClassFigure | ClassHands;

/** All that the class has found: tables, the chart as a picture, and the class as #/class opens it again. */
export async function exportClass(
  code: string,
  results: readonly MemberResult[],
  chart: Chart | null,
): Promise<void> {
  const save = (kind: string, content: BlobPart): void =>
    download(`class-${code}.${kind}`, new Blob([content]));
  const pool = new Pool();
  for (const result of results) pool.add(result);
  save('csv', toCSV(results));
  save('json', toJSON(results));
  save('class', pool.export());
  if (chart && 'toJSON' in chart) save('runs.json', chart.toJSON());
  const picture = await chart?.toBlob();
  if (picture) save('png', picture);
}
