/** Makes the sandbox known to the browser, with the components that it uses. */
import { register } from '../../components/register.ts';
import { LabForm } from '../../components/lab-form.ts';
import { LabRunGrid } from '../../components/lab-run-grid.ts';
import { SandboxPage } from './sandbox-page.ts';
import { SandboxRun } from './sandbox-run.ts';
import { SandboxSweep } from './sandbox-sweep.ts';

register();
customElements.define('lab-form', LabForm);
customElements.define('lab-run-grid', LabRunGrid);
customElements.define('sandbox-run', SandboxRun);
customElements.define('sandbox-sweep', SandboxSweep);
customElements.define('sandbox-page', SandboxPage);
