/** Starts a worker that trains for a command. */
import { load } from './load.mjs';

await load('crew-member.ts');
