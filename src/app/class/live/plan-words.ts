/** What a class is about: its question, and where a member goes to work on it. */
import type { Plan } from '../../../class/live.ts';
import { language } from '../../../locales/language.ts';
import { metaOf } from '../../curriculum.ts';
import { membership } from '../membership.ts';
import { liveWords as words } from './live-words.ts';

/** The lesson's question, or the name of the sweep. */
export function titleOf({ sweep, lesson }: Plan): string {
  if (sweep === undefined) return metaOf(lesson, language()).question;
  try {
    const { name } = JSON.parse(sweep) as { name?: unknown };
    return typeof name === 'string' && name ? name : words.sweep;
  } catch {
    return words.sweep;
  }
}

/** The lesson, of the class's size and with the member's own seed. */
export const lessonLink = ({ lesson, size }: Plan): string =>
  `#/lesson/${lesson}?size=${size}&seed=${membership().seed}`;
