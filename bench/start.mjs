#!/usr/bin/env node
/**
 * Starts a program of this folder by its name, `node bench/start.mjs engines …`, through Vite's module runner as
 * src/cli/lab.mjs starts the command line.
 */
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const [program = 'engines', ...argv] = process.argv.slice(2);
const { module } = await runnerImport(fileURLToPath(new URL(`./${program}.ts`, import.meta.url)), {
  root: fileURLToPath(new URL('..', import.meta.url)),
  logLevel: 'error',
});
try {
  process.exit(await module.main(argv));
} catch (error) {
  console.error(error.message);
  process.exit(2);
}
