/** Figures have numbers of one kind in all languages. */
import { measured, tickText } from '../../../src/components/format.ts';

export const people = measured;
export const tickTexts = (values: readonly number[]): string[] => values.map(tickText);
