#!/usr/bin/env node
/**
 * `npm run test:long`: what `npm test` does in part, in full, one campaign after the other. Takes hours on two cores. With a word, only
 * the campaigns whose files have it: `node test/support/long.mjs platforms`.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const CAMPAIGNS = [
  {
    what: 'every change to the disk fails once',
    env: { FAULTS: 'all' },
    files: ['test/cli/faults'],
  },
  {
    what: 'results that memory hardly holds, the budgets of compute-optimal',
    env: { LONG: '1' },
    files: ['test/long'],
  },
  {
    what: 'the examples for platforms, from the registry',
    env: { PLATFORMS: '1' },
    files: ['test/platforms'],
  },
  { what: 'a tab hidden for six minutes', env: { LONG: '1' }, files: ['test/browser/hidden'] },
  {
    what: 'a room is killed twenty times, one of two servers as well',
    env: { LONG: '1' },
    files: ['test/room/kills', 'test/room/servers'],
  },
  { what: '200 planted tables a row', env: { COVERAGE_TABLES: '200' }, files: ['test/scaling/coverage'] },
  {
    what: 'all kernels with what compatibility mode grants',
    env: { FEATURE_LEVEL: 'compatibility' },
    files: ['test/kernels', 'test/models'],
  },
  {
    what: 'all kernels on vectors of 256 bits',
    env: { LP_NATIVE_VECTOR_WIDTH: '256' },
    files: ['test/kernels', 'test/models', 'test/training'],
  },
];

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const [word = ''] = process.argv.slice(2);
const asked = CAMPAIGNS.filter(({ files }) => files.some((file) => file.includes(word)));
const failed = asked.filter(({ what, env, files }) => {
  console.log(
    `\n${what}: ${Object.entries(env)
      .map((pair) => pair.join('='))
      .join(' ')} npx vitest run ${files.join(' ')}`,
  );
  return (
    spawnSync(process.execPath, [vitest, 'run', ...files], {
      stdio: 'inherit',
      env: { ...process.env, ...env },
    }).status !== 0
  );
});
for (const { what } of failed) console.error(`FAILED: ${what}`);
process.exit(failed.length ? 1 : 0);
