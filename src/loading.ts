/** Scripts that did not come: what was kept of a wrong answer is asked for anew, and what failed is named. */

const PATIENCE_MS = 10_000;

/** The address of the site's first folder, for documents: that of one lesson stands below it, and says by `data-site` where. */
export const SITE_FOLDER =
  typeof document === 'undefined'
    ? ''
    : new URL(document.documentElement.dataset.site ?? '.', document.baseURI).href;
/** What a built script imports, at once or later, from its own folder. */
const IMPORTED = /(?:from|import)\s*\(?\s*(["'`])(\.{1,2}\/[^"'`\s]+\.js)\1/g;

/**
 * Asks anew for all scripts that this page has asked for: a host's wrong answer may stay in the browser's cache for
 * minutes, or for good.
 * @param message of an error, which may name one more
 * @param programs addresses of scripts, as of workers, of whose imports a page hears nothing: these are asked for, too
 * @returns whether each is there now, and is a script
 */
export async function askAgain(message = '', programs: readonly string[] = []): Promise<boolean> {
  const asked = performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .concat(message.split(/\s+/))
    .filter((name) => name.startsWith(SITE_FOLDER) && new URL(name).pathname.endsWith('.js'));
  const seen = new Set<string>();
  const isThere = async (address: string, follows: boolean): Promise<boolean> => {
    if (seen.has(address)) return true;
    seen.add(address);
    const script = await fetched(address);
    if (script === undefined || !follows) return script !== undefined;
    const imported = [...script.matchAll(IMPORTED)].map(([, , path]) => new URL(path!, address).href);
    return all(imported.map((part) => isThere(part, true)));
  };
  const addresses = programs.map((address) => new URL(address, document.baseURI).href);
  // The programs first: what both need is then followed.
  return all([
    ...addresses.map((address) => isThere(address, true)),
    ...asked.map((address) => isThere(address, false)),
  ]);
}

const all = async (answers: Promise<boolean>[]): Promise<boolean> =>
  (await Promise.all(answers)).every(Boolean);

/** A script's text; nothing where there is none. */
async function fetched(address: string): Promise<string | undefined> {
  try {
    const answer = await fetch(address, { cache: 'reload', signal: AbortSignal.timeout(PATIENCE_MS) });
    const text = await answer.text();
    const isScript = answer.ok && (answer.headers.get('content-type') ?? '').includes('javascript');
    return isScript ? text : undefined;
  } catch {
    return undefined;
  }
}

/** A part of a worker's program did not come. What a worker has once failed to load it never loads: another one must. */
export class MissingPartError extends Error {
  override readonly name = 'MissingPartError';
}

/**
 * Loads a part of a worker's program that not every page needs.
 * @throws MissingPartError
 */
export async function loadPart<T>(part: Promise<T>): Promise<T> {
  try {
    return await part;
  } catch (error) {
    throw new MissingPartError((error as Error).message);
  }
}
