/** A process that holds a lease, or a file beside its place, until it is killed: `node hold-lease.mjs FILE.lease|FILE.tmp`. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const load = async (name) =>
  (
    await runnerImport(fileURLToPath(new URL(`../../src/cli/files/${name}.ts`, import.meta.url)), {
      root,
      logLevel: 'error',
    })
  ).module;

const [path] = process.argv.slice(2);
if (path.endsWith('.lease')) {
  const { Leases } = await load('lease');
  const lease = new Leases().take(path);
  lease.lost.addEventListener('abort', () => console.log('lost'));
} else {
  const { disk } = await load('disk');
  writeFileSync(path, 'half of');
  disk().hold(path);
}
console.log('held');
setInterval(() => undefined, 1000);
