/** Changes to a lesson's plan, as the page shows them. */
import type { Change } from '../../components/index.ts';
import type { Changes } from '../../lessons/changes.ts';
import { SEED } from '../../lessons/seed.ts';
import { getPath } from '../../path.ts';
import { showSetting } from '../../show.ts';
import type { PlannedItem } from '../../lessons/lesson.ts';

/** What is changed, as chips show it; where runs differ, their range stands before the arrow. */
export function describeChanges(
  plan: readonly PlannedItem[],
  seed: number,
  changes: Changes,
  words: { label: (path: string) => string; usual: string },
): Change[] {
  return Object.entries(changes).map(([path, value]) => {
    const before = plan.flatMap((item) => ('spec' in item ? [showValue(getPath(item.spec, path))] : []));
    const distinct = [...new Set(before)];
    const from =
      path === SEED
        ? String(seed)
        : distinct.length > 2
          ? `${distinct[0]!} … ${distinct.at(-1)!}`
          : distinct.join(', ');
    return { key: path, label: words.label(path), from: from || words.usual, to: showValue(value) };
  });
}

export function showValue(value: unknown): string {
  if (value === undefined) return '';
  return showSetting(value) || '–';
}
