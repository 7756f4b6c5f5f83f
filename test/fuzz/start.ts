/** What fuzz.mjs loads: it fuzzes while it is loaded, because the module runner, which later imports need, closes behind it. */
import { main } from './main.ts';

process.exit(await main(process.argv.slice(2)));
