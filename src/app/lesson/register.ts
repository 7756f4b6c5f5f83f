/** Makes the page of lessons known to the browser, with the components that it uses. */
import { register } from '../../components/register.ts';
import { LabEmbed } from './lab-embed.ts';
import { LessonPage } from './lesson-page.ts';

register();
customElements.define('lab-embed', LabEmbed);
customElements.define('lesson-page', LessonPage);
