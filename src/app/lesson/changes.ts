/** What a learner has changed in a lesson's plan: as chips that say before and after, and that take it back. */
import { html, nothing, type TemplateResult } from 'lit';
import { type Change, drawn, type UndoChangeEvent } from '../../components/index.ts';
import type { Changes } from '../../lessons/changes.ts';
import type { Lesson, PlannedItem } from '../../lessons/lesson.ts';
import { FIRST_SEED, SEED } from '../../lessons/seed.ts';
import { getPath } from '../../path.ts';
import { showSetting } from '../../show.ts';
import type { LessonExperiment } from './lesson-experiment.ts';
import { strings } from './lesson-strings.ts';
import { ownSeed } from './own-seed.ts';
import { pathLabel } from './path-labels.ts';

export function renderChanges(lesson: Lesson, experiment: LessonExperiment): TemplateResult | typeof nothing {
  const { draft, pending, run } = experiment;
  if (!Object.keys(draft.changes).length) return nothing;
  const changes = describeChanges(lesson.plan(draft.size, FIRST_SEED), ownSeed(), draft.changes, {
    label: pathLabel,
    usual: strings.usual,
  });
  drawn('lab-changes');
  return html`<lab-changes
    .changes=${changes}
    .kind=${pending && run.begun ? 'pending' : 'defaults'}
    @lab-undo-change=${({ key }: UndoChangeEvent) => {
      const { [key]: _undone, ...others } = draft.changes;
      experiment.change({ changes: others });
    }}
  ></lab-changes>`;
}

/** Where the plan's runs differ in a setting, their range stands before the arrow. */
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
