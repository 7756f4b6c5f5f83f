/**
 * Elements that most pages never show are loaded late: `drawn` is called by what renders one. The element shows its
 * properties as soon as it is loaded.
 */
import { define } from './define.ts';

const LATE = {
  'lab-changes': async () => (await import('./lab-changes.ts')).LabChanges,
  'lab-listings': async () => (await import('./lab-listings.ts')).LabListings,
  'lab-runs-table': async () => (await import('./lab-runs-table.ts')).LabRunsTable,
} as const;

/** Loads the element of that name, once; after a failure the next rendering tries again. */
export function drawn(name: keyof typeof LATE): void {
  if (customElements.get(name)) return;
  LATE[name]().then(
    (element) => define(name, element),
    (error: unknown) => console.warn(error),
  );
}
