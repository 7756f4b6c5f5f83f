/** Questions that a reader puts to a model, at any moment of its training of which a snapshot is there. */
import type { Part } from '../inside/weights.ts';
import type { Results, Size, Text } from './lesson.ts';

/** How a question is put: numbers between signs, such as `17 + 55 =`. */
export interface Asking {
  /** of each number: from 0 to this */
  most: number[];
  /** what stands between them, and behind the last */
  signs: string[];
  /** numbers to begin with */
  usual: number[];
}

export interface Answering {
  said: string;
  /** the probability that the model gave it */
  share: number;
  right: string;
  rightShare: number;
}

/** Something that can be taken out of a model, and what it is called. */
export interface NamedPart {
  value: string;
  label: Text;
  part: Part;
}

export interface Ask {
  /** nothing where the results have no snapshots that could answer */
  asking(results: Results, size: Size): Asking | undefined;
  /** What the model of the place answers; nothing where there is none. */
  answer(results: Results, size: Size, at: number, numbers: readonly number[]): Answering | undefined;
}
