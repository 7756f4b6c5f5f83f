/**
 * The built lab in the package, for `scaling-lab class` and `scaling-lab open`: without the pictures for messengers, and
 * without the libraries that only the page of the benchmark compares with, which says that they did not come.
 */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const folder = 'lib/site';
const LEFT_OUT = /^(cards|\.vite|assets\/(jax|tfjs-browser)-[\w-]+\.js)$/;

for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  if (LEFT_OUT.test(name.replaceAll('\\', '/'))) rmSync(join(folder, name), { recursive: true });
}
const size = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((name) => statSync(join(folder, name)))
  .reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
console.log(`${folder}: ${(size / 1e6).toFixed(2)} MB`);
