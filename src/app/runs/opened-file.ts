/** What the command line's `open` serves beside the site. */
import { OPENED } from '../../files/opened.ts';
import { SITE_FOLDER } from '../../loading.ts';
import { sayError } from '../say-error.ts';
import type { Words } from '../../figures/say-problem.ts';
import type { Runs } from '../../state/runs.ts';

/** Takes its runs among those that are kept. @returns their ids, and why there are none; neither where nothing is served */
export async function takeOpened(store: Runs): Promise<{ ids: number[]; refused: readonly Words[] }> {
  try {
    const answer = await fetch(SITE_FOLDER + OPENED);
    const ids = answer.ok ? (await store.import(await answer.text(), OPENED)).ids : [];
    return { ids, refused: [] };
  } catch (error) {
    return { ids: [], refused: sayError(error as Error) };
  }
}
