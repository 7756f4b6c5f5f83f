/** Makes the pages of the experiments known to the browser, with the components that they use. */
import { register } from '../../components/register.ts';
import { LanguagePage } from './language-page.ts';
import { ShapePage } from './shape-page.ts';

register();
customElements.define('shape-page', ShapePage);
customElements.define('language-page', LanguagePage);
