/**
 * Workers whose text travels inside a script (`?worker&inline`) start as src/worker/module-worker.ts says. Vite's own
 * start knows neither Trusted Types nor frames without an origin.
 */
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const START = fileURLToPath(new URL('../src/worker/module-worker.ts', import.meta.url));
/** What Vite makes of such an import: the text, then how it starts. */
const VITES = /^(const jsContent = .*;)\s+const blob = [^]*export default function WorkerWrapper[^]*$/;

export function inlineWorkers(): Plugin {
  return {
    name: 'inline-workers',
    apply: 'build',
    enforce: 'post',
    transform: {
      filter: { id: /\?worker&inline$/ },
      handler(code) {
        const [, text] = VITES.exec(code) ?? [];
        if (!text) this.error('Vite has changed: it starts inline workers in another way');
        const start = 'export default function (options) { return workerOf(jsContent, options?.name); }';
        return { code: `import { workerOf } from ${JSON.stringify(START)};\n${text}\n${start}`, map: null };
      },
    },
  };
}
