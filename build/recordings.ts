/**
 * A recording's file holds results; the page shows findings. They are made when the page is built, by the lesson's own
 * judge. Files of older recordings hold findings, and are taken as they are.
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
      const text = await readFile(id, 'utf8');
      if (!('results' in (JSON.parse(text) as object))) return null;
      const { recordingIn } = await (built ?? judges());
      return JSON.stringify(recordingIn(text));
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
