import type { sayLine, Words } from '../../figures/say-problem.ts';
import type { Problem } from '../../problems.ts';

let say: typeof sayLine | undefined;

/** Loads what says problems in the page's language; most visits have none to say. Where that fails, it may be asked again. */
export async function loadSayLine(): Promise<void> {
  say ??= await import('../../figures/say-problem.ts').then(
    (words) => words.sayLine,
    () => undefined,
  );
}

/** One after the other; nothing until what says them is loaded. */
export const sayLines = (problems: readonly Problem[]): Words[] | undefined =>
  say && problems.flatMap((problem, i) => (i ? ['; ', say!(problem)] : [say!(problem)]));
