/** The lessons in the order of the path, collected from their folders. What each `meta.ts` says is in meta.ts. */
import type { Text } from './lesson.ts';
import type { Cost, Sketch } from './meta.ts';

// The pages for teachers and of terms stand beside the path; the sandbox ends it, without an experiment of its own.
const places = import.meta.glob<number>(['./*/meta.ts', '!./{teacher,glossary}/*'], {
  import: 'place',
  eager: true,
});
const titles = import.meta.glob<Text>('./*/meta.ts', { import: 'title', eager: true });
const sketches = import.meta.glob<Sketch>(['./*/meta.ts', '!./{teacher,glossary}/*'], {
  import: 'sketch',
  eager: true,
});
const costs = import.meta.glob<Cost>(['./*/meta.ts', '!./{sandbox,teacher,glossary}/*'], {
  import: 'cost',
  eager: true,
});

const nameOf = (file: string): string => file.split('/')[1]!;
const byName = <T>(files: Record<string, T>): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(files).map(([file, value]) => [nameOf(file), value]));

export const LESSON_NAMES: readonly string[] = Object.keys(places)
  .sort((a, b) => places[a]! - places[b]!)
  .map(nameOf);
/** Parts of the path, each by the hundred of its places: 1xx begins it, what has a place from 1000 on ends it. */
const GROUP_NAMES = ['begin', 'emergence', 'laws', 'costs', 'own'] as const;
export type GroupName = (typeof GROUP_NAMES)[number];

/** The lessons of each part, in the order of the path. */
export const GROUPS: readonly { name: GroupName; lessons: readonly string[] }[] = GROUP_NAMES.map(
  (name, i) => ({
    name,
    lessons: LESSON_NAMES.filter((lesson) => {
      const group = Math.floor(places[`./${lesson}/meta.ts`]! / 100) - 1;
      return Math.min(Math.max(group, 0), GROUP_NAMES.length - 1) === i;
    }),
  }),
);

/** Those with an experiment and figures of their own. */
export const EXPERIMENT_NAMES: readonly string[] = LESSON_NAMES.filter((name) => name !== 'sandbox');

/** Also of the pages for teachers and of terms. */
export const TITLES = /* @__PURE__ */ byName(titles);
export const SKETCHES = /* @__PURE__ */ byName(sketches);
export const COSTS = /* @__PURE__ */ byName(costs);
