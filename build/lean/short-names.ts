/** Short names for what shaders declare, the same in all of them, for they call each other's functions. */

/** Functions, variables, structs; parameters and members, which attributes may stand before. */
const DECLARATION = /\b(?:fn|let|var(?:<[^>]*>)?|struct) ?(\w+)|[({,)] ?(\w+) ?:/g;
/** What starts with a capital is a constant or a type that a kernel is given, and keeps its name. */
const WORD = /(?<![@\w])[a-z]\w{2,}/g;
/** Words that are not the shaders' own, though they stand where names are declared, or where they are also names. */
const KEPT = new Set(['main', 'default', 'workgroup', 'storage', 'private', 'read', 'read_write']);

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** @param codes of all shaders that may become one kernel. @returns what gives a shader's code with the short names */
export function shortNames(codes: readonly string[]): (code: string) => string {
  const all = codes.join('\n');
  const declared = new Set([...all.matchAll(DECLARATION)].map(([, name, member]) => name ?? member!));
  const counts = new Map<string, number>();
  for (const [word] of all.matchAll(WORD)) {
    if (declared.has(word) && !KEPT.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const taken = new Set(all.match(/\w+/g));
  const free = (function* () {
    // A digit keeps them from being words of WGSL: `a0`, `b0`, … `z9`, `a10`, …
    for (let i = 0; ; i++) {
      const name = LETTERS[i % 26]! + String(Math.floor(i / 26));
      if (!taken.has(name)) yield name;
    }
  })();
  const short = new Map<string, string>();
  for (const [word] of [...counts].sort(([, a], [, b]) => b - a)) short.set(word, free.next().value);
  return (code) => code.replace(WORD, (word) => short.get(word) ?? word);
}
