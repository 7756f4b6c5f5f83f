/** Makes the page of lessons known to the browser, with the components that it uses. */
import { registerForLessons } from '../../components/register-lesson.ts';
import { LessonPage } from './lesson-page.ts';

registerForLessons();
customElements.define('lesson-page', LessonPage);
// Few readers are authors: a lesson is whole before it is there.
void import('./lab-embed.ts').catch(console.warn);
