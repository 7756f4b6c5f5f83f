/** What lab.mjs loads: the command runs while it is loaded, because the module runner, which later imports need, closes behind it. */
import { dirname } from 'node:path';
import { main } from './main.ts';

// `npm run` starts programs in the package's folder; files have the names that they have where it was called.
const { INIT_CWD: called, npm_package_json: manifest } = process.env;
if (called !== undefined && manifest !== undefined && process.cwd() === dirname(manifest))
  process.chdir(called);

process.exit(await main(process.argv.slice(2)));
