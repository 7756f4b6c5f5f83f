#!/usr/bin/env node
/** Starts a program of this folder by its name: `node bench/start.mjs engines …`. */
import { fileURLToPath } from 'node:url';
import { createRunnableDevEnvironment, resolveConfig } from 'vite';

const [program = 'engines', ...argv] = process.argv.slice(2);

// The module runner of src/cli/load.mjs, but left open: engine parts are imported while a program runs.
const config = await resolveConfig(
  {
    configFile: false,
    root: fileURLToPath(new URL('..', import.meta.url)),
    logLevel: 'error',
    environments: { bench: { consumer: 'server', resolve: { external: true } } },
  },
  'serve',
);
const environment = createRunnableDevEnvironment('bench', config, { hot: false });
await environment.init();
try {
  const module = await environment.runner.import(fileURLToPath(new URL(`./${program}.ts`, import.meta.url)));
  process.exit(await module.main(argv));
} catch (error) {
  console.error(error.message);
  process.exit(2);
}
