/** Registers `<scaling-lab>`: the first copy of this script on a page does, any other only says so. */
import { ScalingLab } from './scaling-lab.ts';

export type {
  CompleteDetail,
  ErrorDetail,
  MilestoneDetail,
  ProgressDetail,
  ReadyDetail,
  RecoveredDetail,
} from './events.ts';
export { ScalingLab };

const NAME = 'scaling-lab';
const VERSION_KEY = Symbol.for('scaling-lab version');

interface Marked {
  [VERSION_KEY]?: string;
}

// Without a document, as on a server, there is nothing to register.
if (typeof window !== 'undefined') {
  const present = customElements.get(NAME);
  if (present && present !== ScalingLab) {
    console.warn(
      `<scaling-lab> is there already (version ${(present as Marked)[VERSION_KEY] ?? 'unknown'}); this copy (${__LAB_VERSION__}) stands back. Load the script once.`,
    );
  } else if (!present) {
    Object.assign(ScalingLab, { [VERSION_KEY]: __LAB_VERSION__ });
    customElements.define(NAME, ScalingLab);
  }
}
