/** Makes the page of terms known to the browser. */
import { define } from '../../components/define.ts';
import { LabProse } from '../../components/lab-prose.ts';
import { GlossaryPage } from './glossary-page.ts';

define('lab-prose', LabProse);
customElements.define('glossary-page', GlossaryPage);
