#!/usr/bin/env node
/** What the package's `bin` runs: the command line, compiled (vite.package.config.ts). */
import { main } from './main.ts';

process.exit(await main(process.argv.slice(2)));
