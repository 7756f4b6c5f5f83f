/** The question that a class is about: the lesson's, or the name of its sweep. */
import type { Plan } from '../../../class/live.ts';
import { language } from '../../../locales/language.ts';
import { metaOf } from '../../curriculum.ts';
import { liveWords as words } from './live-words.ts';

export function titleOf({ sweep, lesson }: Plan): string {
  if (sweep === undefined) return metaOf(lesson, language()).question;
  try {
    const { name } = JSON.parse(sweep) as { name?: unknown };
    return typeof name === 'string' && name ? name : words.sweep;
  } catch {
    return words.sweep;
  }
}
