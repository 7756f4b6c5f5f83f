#!/usr/bin/env node
/** Starts the fuzzer: Vite's module runner loads the TypeScript as it is, as for the command line. */
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

await runnerImport(fileURLToPath(new URL('./start.ts', import.meta.url)), {
  root: fileURLToPath(new URL('../..', import.meta.url)),
  logLevel: 'error',
});
