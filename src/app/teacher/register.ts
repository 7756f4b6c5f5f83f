/** Makes the teacher's page known to the browser. */
import { define } from '../../components/define.ts';
import { LabProse } from '../../components/lab-prose.ts';
import { TeacherPage } from './teacher-page.ts';

define('lab-prose', LabProse);
customElements.define('teacher-page', TeacherPage);
