/** The files of a built lab. */
import { readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Libraries that the benchmark compares with, which it loads when it is told to. */
export const PEERS = /^assets\/(jax|tfjs-browser)-[\w-]+\.js$/;

/** Paths of all files within a folder, as addresses have them. */
export const pathsIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => relative(folder, join(folder, name)).split(sep).join('/'));
