/** What lab.mjs loads: the command runs while it is loaded, because the module runner, which later imports need, closes behind it. */
import { main } from './main.ts';

process.exit(await main(process.argv.slice(2)));
