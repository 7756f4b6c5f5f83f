/**
 * Elements that most pages never show. Whoever draws one says so: it is loaded then, and shows what it was given as soon
 * as it is there.
 */
import { define } from './define.ts';

const LATE = {
  'lab-changes': async () => (await import('./lab-changes.ts')).LabChanges,
  'lab-listings': async () => (await import('./lab-listings.ts')).LabListings,
  'lab-runs-table': async () => (await import('./lab-runs-table.ts')).LabRunsTable,
} as const;

/** What does not come is asked for again when it is drawn again. */
export function drawn(name: keyof typeof LATE): void {
  if (customElements.get(name)) return;
  LATE[name]().then(
    (element) => define(name, element),
    (error: unknown) => console.warn(error),
  );
}
