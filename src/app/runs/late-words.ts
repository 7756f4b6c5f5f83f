import type { sayLine } from '../../figures/say-problem.ts';

/** What says problems in the page's language; most visits have none to say. Undefined where it could not be loaded. */
export const loadSayLine = (): Promise<typeof sayLine | undefined> =>
  import('../../figures/say-problem.ts').then(
    (words) => words.sayLine,
    () => undefined,
  );
