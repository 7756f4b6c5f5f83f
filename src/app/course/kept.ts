/** What this browser keeps of a lesson, brought into line with what the course says of the learner. */
import { saveAnswers } from '../class/concept-store.ts';
import { hasSettings, loadSettings, saveSettings, withProgress } from '../frame/settings.ts';
import { drawSeed, takeSeed } from '../lesson/own-seed.ts';
import { savePrediction, saveStage } from '../lesson/prediction-store.ts';
import { loadStored, saveStored } from '../lesson/stored.ts';
import { DATABASE } from '../../state/database.ts';
import { LANGUAGES } from '../../languages.ts';
import { hash, wordsOf } from '../../random.ts';
import type { Suspended } from './suspended.ts';

const PREFIX = 'scaling-lab';
const KEY = `${PREFIX} course`;
const LEARNER = 'learner';

export const fresh = (): Suspended => ({
  version: 1,
  seed: drawSeed(),
  seen: false,
  checked: false,
});

/** Who sits down at a machine of a school finds nothing of who sat there before. @param learner as the course names them */
export function forgetOthers(learner: string): void {
  const mark = hash(...wordsOf(learner));
  const before = loadStored(KEY, LEARNER);
  if (before !== undefined && before !== mark) {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX} `));
      for (const key of keys) localStorage.removeItem(key);
      indexedDB.deleteDatabase(DATABASE);
    } catch (error) {
      console.warn(error);
    }
  }
  saveStored(KEY, LEARNER, mark);
}

/** A package's own language, until the learner chooses. */
export function beginIn(language: string | undefined): void {
  const found = LANGUAGES.find((one) => one === language);
  if (found && !hasSettings()) saveSettings({ ...loadSettings(), language: found });
}

/** The lesson as the learner left it, wherever that was. */
export function bringBack(lesson: string, state: Suspended): void {
  const { seed, prediction, seen, checked, before, after } = state;
  takeSeed(seed);
  savePrediction(lesson, prediction);
  saveStage(lesson, seen ? 'open' : prediction ? 'predicted' : 'waiting');
  saveAnswers(lesson, { before, after });
  if (checked) saveSettings(withProgress(loadSettings(), lesson, 'checked'));
}
