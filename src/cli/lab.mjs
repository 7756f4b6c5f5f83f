#!/usr/bin/env node
/**
 * Starts the command line: Vite's module runner loads the TypeScript and the shaders as they are, so that the
 * engine in Node is the engine of the page.
 */
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const { module } = await runnerImport(fileURLToPath(new URL('./main.ts', import.meta.url)), {
  root: fileURLToPath(new URL('../..', import.meta.url)),
  logLevel: 'error',
});
process.exit(await module.main(process.argv.slice(2)));
