/** What a class puts on the page of a lesson, loaded when somebody asks for it (app/lesson/class-parts.ts). */
import styles from './concept.css?inline';
import { LessonConcept } from './lesson-concept.ts';
import { LessonGive } from './lesson-give.ts';
import { addSheet } from './sheet.ts';
import { storedMember } from './stored-member.ts';

addSheet(styles);
customElements.define('lesson-concept', LessonConcept);
customElements.define('lesson-give', LessonGive);

export { loadAnswers } from './concept-store.ts';
export { forClassOf } from './for-class.ts';

// Who is in a live class has its bar on every lesson.
if (storedMember()?.token !== undefined)
  void import('./live/on-lesson.ts').catch((error: unknown) => console.warn(error));
