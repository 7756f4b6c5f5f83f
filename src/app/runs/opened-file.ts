/** What the command line's `open` serves beside the site. */
import { OPENED } from '../../files/opened.ts';
import { SITE_FOLDER } from '../../loading.ts';
import type { Runs } from '../../state/runs.ts';

/** Takes its runs among those that are kept. @returns their ids; none where nothing is served */
export async function takeOpened(store: Runs): Promise<number[]> {
  const answer = await fetch(SITE_FOLDER + OPENED);
  if (!answer.ok) return [];
  return (await store.import(await answer.text(), OPENED)).ids;
}
