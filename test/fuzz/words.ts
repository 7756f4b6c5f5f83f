/** What pages say of settings from outside: the words and the templates that a form, an axis and a chip are made of. */
import { renderAxes } from '../../src/app/sandbox/axis-editor.ts';
import { type Draft, showValue } from '../../src/app/sandbox/draft.ts';
import { renderSettings } from '../../src/app/sandbox/settings-panel.ts';
import { EMPTY_SWEEP, type SweepDraft } from '../../src/app/sandbox/sweep-draft.ts';
import { labelOf, sectionsOf } from '../../src/app/sandbox/words.ts';
import { describeChanges } from '../../src/app/lesson/changes.ts';
import { pathLabel } from '../../src/app/lesson/path-labels.ts';
import { showSetting } from '../../src/show.ts';
import { describeForm } from '../../src/training/spec/form.ts';
import { FuzzError } from './harness.ts';

const form = describeForm();
const nothing = (): void => undefined;

/**
 * Says all settings of a draft, as the pages do.
 * @throws whatever the words throw; FuzzError where they are none
 */
export function speak(draft: Draft, sweep: SweepDraft = EMPTY_SWEEP): void {
  sectionsOf(form, draft);
  renderSettings({
    form, draft, mode: 'run', errors: {}, size: undefined, rare: undefined, textNote: '',
    setMode: nothing, set: nothing, setText: nothing, reset: nothing,
  }); // prettier-ignore
  renderAxes({ sweep, base: draft, form, wrong: undefined, change: nothing });
  const plan = [{ key: 'run', spec: { model: { hidden: [4, 8] }, steps: 5 } }];
  const chips = describeChanges(plan, 1, draft, { label: pathLabel, usual: 'usual' });
  const said = Object.entries(draft).flatMap(([path, value]) => [
    labelOf(path),
    showValue(value),
    showSetting(value, ', '),
  ]);
  for (const word of [...said, ...chips.flatMap(({ label, from, to }) => [label, from, to])] as unknown[]) {
    if (typeof word !== 'string' || word.includes('[object '))
      throw new FuzzError(`no word: ${typeof word === 'string' ? word : typeof word}`);
  }
}
