#!/usr/bin/env node
/**
 * Starts the command line: Vite's module runner loads the TypeScript and the shaders as they are, so that the
 * engine in Node is the engine of the page.
 */
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

await runnerImport(fileURLToPath(new URL('./start.ts', import.meta.url)), {
  root: fileURLToPath(new URL('../..', import.meta.url)),
  logLevel: 'error',
});
