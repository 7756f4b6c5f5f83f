/**
 * A recording's file holds results; the page shows findings. They are made when the page is built, by the lesson's own
 * judge; older recordings hold them already. What was planned stays in the file: the page plans for itself.
 */
import { readFile } from 'node:fs/promises';
import { type Plugin, runnerImport } from 'vite';
import type * as Recorded from './recorded.ts';

const FILE = /\/src\/lessons\/[^/]+\/recording(\.small)?\.json$/;

export function judgedRecordings(): Plugin {
  let built: Promise<typeof Recorded> | undefined;
  return {
    name: 'judged-recordings',
    enforce: 'pre',
    // Before a build loads modules: both would wait for one another.
    async buildStart() {
      if (this.environment.mode === 'build') await (built ??= judges());
    },
    async load(id) {
      if (!FILE.test(id)) return null;
      const { recordingIn } = await (built ?? judges());
      const { firstLosses: _, ...recording } = recordingIn(await readFile(id, 'utf8'));
      const seconds = Math.round(recording.seconds);
      return JSON.stringify({ ...recording, seconds, specs: {} });
    },
  };
}

/** The lessons as the build reads them: import.meta.glob is Vite's. */
export async function judges(): Promise<typeof Recorded> {
  const { module } = await runnerImport<typeof Recorded>('/build/recorded.ts', {
    configFile: false,
    logLevel: 'error',
  });
  return module;
}
