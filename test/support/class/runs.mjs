#!/usr/bin/env node
/** Starts runs.ts through Vite's module runner. */
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

await runnerImport(fileURLToPath(new URL('./runs.ts', import.meta.url)), {
  root: fileURLToPath(new URL('../../..', import.meta.url)),
  logLevel: 'error',
});
process.exit(0);
