#!/usr/bin/env node
/** Starts the command line. */
import { load } from './load.mjs';

await load('start.ts');
