/** Makes the page of lessons known to the browser, with the components that it uses. */
import { registerForLessons } from '../../components/register-lesson.ts';
import { LabCite, LabEmbed } from './lab-embed.ts';
import { LessonPage } from './lesson-page.ts';

registerForLessons();
customElements.define('lab-embed', LabEmbed);
customElements.define('lab-cite', LabCite);
customElements.define('lesson-page', LessonPage);
