/** The sandbox as it was left, kept in the browser where that is allowed. */
import { isObject } from '../../schema.ts';
import { type Draft, toSpec } from './draft.ts';
import { type SweepDraft, unpackSweep } from './sweep-draft.ts';

const KEY = 'scaling-lab sandbox';

export interface Stored {
  draft: Draft;
  mode: 'run' | 'sweep';
  sweep: SweepDraft;
}

/** Anything that is malformed counts as not there. */
export function loadDraft(): Stored | undefined {
  try {
    const { draft, mode, sweep } = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Stored>;
    if (!isObject(draft) || typeof draft['task.name'] !== 'string') return undefined;
    toSpec(draft); // throws for paths that lead nowhere
    return { draft, mode: mode === 'sweep' ? 'sweep' : 'run', sweep: unpackSweep(sweep) };
  } catch {
    return undefined;
  }
}

/** A text of one's own that is too long for this place is not kept. */
export function saveDraft(stored: Stored): void {
  const { 'task.text': _text, ...draft } = stored.draft;
  for (const candidate of [stored, { ...stored, draft }]) {
    try {
      localStorage.setItem(KEY, JSON.stringify(candidate));
      return;
    } catch {
      // Too long, or refused in a private window: then it lasts as long as the page.
    }
  }
}
