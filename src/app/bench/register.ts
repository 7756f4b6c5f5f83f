/** Makes the benchmark's page known to the browser. */
import { BenchPage } from './bench-page.ts';

customElements.define('bench-page', BenchPage);
