/** Past what the browser has kept: a host's wrong answer may stay in its cache for minutes, or for good. */

const PATIENCE_MS = 10_000;

/** Asks anew for all scripts that this page has asked for. @returns whether each is there now, and is a script */
export async function askAgain(): Promise<boolean> {
  const folder = new URL('.', document.baseURI).href;
  const asked = performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((name) => name.startsWith(folder) && new URL(name).pathname.endsWith('.js'));
  const answers = await Promise.all([...new Set(asked)].map(isThere));
  return answers.every(Boolean);
}

async function isThere(address: string): Promise<boolean> {
  try {
    const answer = await fetch(address, { cache: 'reload', signal: AbortSignal.timeout(PATIENCE_MS) });
    await answer.arrayBuffer();
    return answer.ok && (answer.headers.get('content-type') ?? '').includes('javascript');
  } catch {
    return false;
  }
}
