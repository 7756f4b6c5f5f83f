/** What the command line's `open` serves beside the site: runs that are kept, and shown on the page that they belong to. */
import { OPENED } from '../../files/formats.ts';
import { SITE_FOLDER } from '../../loading.ts';
import { LESSON_NAMES } from '../curriculum.ts';
import { browserRuns, showAtFirst } from './kept-runs.ts';

/** Takes them into the browser, and leads to their page; where there are none, or they are broken, the sandbox says what it has. */
export async function takeOpened(): Promise<void> {
  let page = 'sandbox';
  try {
    const answer = await fetch(SITE_FOLDER + OPENED);
    if (!answer.ok) return;
    const store = await browserRuns();
    const { ids } = await store.import(await answer.text(), OPENED);
    showAtFirst(ids);
    const first = (await store.list()).find(({ id }) => id === ids[0]);
    if (first && LESSON_NAMES.includes(first.lesson)) page = `lesson/${first.lesson}`;
  } finally {
    history.replaceState(history.state, '', `#/${page}`);
  }
}
