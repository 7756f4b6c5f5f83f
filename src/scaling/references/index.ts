/**
 * Famous numbers to hold one's own against, each with its source, its date and how far to trust it. Estimates of what companies
 * do not publish age fast and are disputed: a page that shows one shows its note too.
 */
import type { Reference } from './reference.ts';
import { RUNNING } from './running.ts';
import { TRAINING } from './training.ts';

export type { Reference } from './reference.ts';

export const REFERENCES = [...TRAINING, ...RUNNING] as const;

export type ReferenceId = (typeof REFERENCES)[number]['id'];

export function reference(id: ReferenceId): Reference {
  return REFERENCES.find((row) => row.id === id)!;
}
