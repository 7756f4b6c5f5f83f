import type { ProblemKind } from '../running/problem-kind.ts';
import type { Language } from '../languages.ts';
import type { LabEventDetails, LabEventName } from './events.ts';

/** What went wrong in training. */
export interface Failure {
  kind: ProblemKind | 'forbidden';
  /** the engine's, in English */
  message: string;
  /** the message in the figure's language, line by line */
  told?: readonly unknown[] | undefined;
}

/** The element around what trains. */
export interface LiveHost {
  readonly language: Language;
  /** in sight, in a tab that is in sight */
  readonly seen: boolean;
  readonly renderRoot: ParentNode;
  readonly updateComplete: Promise<boolean>;
  requestUpdate(): void;
  tell<Name extends LabEventName>(name: Name, detail: LabEventDetails[Name]): void;
}
