/** The examples, each built and opened; the package, packed and installed. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BUILDING_MS } from '../support/built.ts';
import { useEmbed } from '../support/embed.ts';

const embed = useEmbed(['--enable-unsafe-webgpu']);
const PATIENCE = { timeout: 60_000 };
/** A project that has installed the package. */
const project = mkdtempSync(join(tmpdir(), 'scaling-lab-project-'));

/** What came with it. */
let installed: string[];

/** As they are in the repository; the build makes them again. */
const docs = readFileSync('docs/embed.md', 'utf8');

beforeAll(() => {
  execFileSync('npm', ['run', 'build:package'], { stdio: 'ignore' });
  const said = execFileSync('npm', ['pack', '--json', '--pack-destination', project], { encoding: 'utf8' });
  const tarball = (JSON.parse(said.slice(said.indexOf('['))) as { filename: string }[])[0]!.filename;
  writeFileSync(join(project, 'package.json'), '{"type": "module"}');
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
  execFileSync('npm', ['install', ...quiet, join(project, tarball)], { cwd: project, stdio: 'ignore' });
  installed = readdirSync(join(project, 'node_modules'));
  // A GPU for Node, which a page does not need: large, and here already.
  symlinkSync(resolve('node_modules/webgpu'), join(project, 'node_modules/webgpu'));
}, BUILDING_MS);
afterAll(() => rmSync(project, { recursive: true }));

const example = (name: string): string => readFileSync(join('examples', name), 'utf8');

test('the docs are those of the sources', () => {
  expect(readFileSync('docs/embed.md', 'utf8')).toBe(docs);
});

test('plain HTML', async () => {
  const page = await embed.open('');
  await page.route('**/plain.html', (route) =>
    route.fulfill({ body: example('plain.html'), contentType: 'text/html' }),
  );
  await page.goto(new URL('plain.html', page.url()).href);
  await page.getByText('Recorded run:').waitFor();
  await page.getByText('What it has told: lab-ready').waitFor();
});

test('an iframe is as high as its figure', async () => {
  const page = await embed.open('');
  await page.route('**/iframe.html', (route) =>
    route.fulfill({ body: example('iframe.html'), contentType: 'text/html' }),
  );
  await page.goto(new URL('iframe.html', page.url()).href);
  await page.frameLocator('iframe').getByText('Recorded run:').waitFor();
  await expect.poll(() => page.locator('iframe').getAttribute('height')).not.toBe('560');
});

test('React 19: a spec as a property, an event as a prop', async () => {
  const folder = join(project, 'react');
  await build({
    configFile: false,
    logLevel: 'error',
    mode: 'production',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: folder,
      lib: {
        entry: { react: resolve('test/support/react.mjs'), client: resolve('test/support/react-client.mjs') },
        formats: ['es'],
      },
    },
  });
  const page = await embed.open('');
  await page.route('**/react.html', (route) =>
    route.fulfill({
      body: example('react.html')
        .replace('https://esm.sh/react@19', '/vendor/react.js')
        .replace('https://esm.sh/react-dom@19/client', '/vendor/client.js'),
      contentType: 'text/html',
    }),
  );
  await page.route('**/vendor/**', (route) =>
    route.fulfill({
      path: join(folder, new URL(route.request().url()).pathname.slice('/vendor/'.length)),
      contentType: 'text/javascript',
    }),
  );
  await page.goto(new URL('react.html', page.url()).href);
  await page.getByRole('button', { name: 'Run it here' }).click();
  await page.locator('#said').getByText('finished').waitFor(PATIENCE);
});

test('a notebook: a cell decides what is trained, another one takes the results', async () => {
  const page = await embed.open('');
  await page.route('**/notebook.html', (route) =>
    route.fulfill({ body: example('notebook.html'), contentType: 'text/html' }),
  );
  await page.goto(new URL('notebook.html', page.url()).href);
  await page.getByRole('button', { name: 'Run it here' }).click();
  await page
    .locator('#loss')
    .getByText(/^0\.\d+$/)
    .waitFor(PATIENCE);
  await page.getByLabel('width').fill('16');
  await page.getByRole('button', { name: 'Run it here' }).waitFor();
});

test('the engine from Node, out of the installed package', () => {
  cpSync('examples/engine.mjs', join(project, 'engine.mjs'));
  const said = execFileSync('node', ['engine.mjs'], { cwd: project, encoding: 'utf8' });
  expect(said).toMatch(/^13 parameters: loss 0\.\d+\n49 parameters: loss 0\.\d+\n$/);
});

const callLab = (...argv: string[]): string =>
  execFileSync('npx', ['--no-install', 'scaling-lab', ...argv], { cwd: project, encoding: 'utf8' });

test('a page author installs neither Dawn nor a database', () => {
  expect(installed).toContain('lit');
  for (const name of ['webgpu', 'idb', 'vite']) expect(installed).not.toContain(name);
});

test('the command line of the installed package says how it is called, and trains on several cores', () => {
  expect(callLab('help')).toContain('scaling-lab COMMAND --help');
  expect(callLab('run', '--help')).toMatch(/^ {2}scaling-lab run SPEC.json /m);
  expect(callLab('run', 'shape', '--steps', '20', '--device', 'cpu')).toContain('finished 20 steps');
  // Replicas are shared out to threads, and the folder's lease is held by another one.
  writeFileSync(
    join(project, 'sweep.json'),
    JSON.stringify({ spec: { task: { name: 'sine' }, steps: 5, replicas: 4 }, axes: [{ seed: [1, 7] }] }),
  );
  const argv = ['sweep', 'sweep.json', '--out', 'results', '--device', 'cpu', '--cores', '2'];
  callLab(...argv);
  expect(readFileSync(join(project, 'results/table.csv'), 'utf8').trim().split('\n')).toHaveLength(1 + 8);
});

test('the installed package has the lab: a run is opened in it', async () => {
  callLab('run', 'shape', '--steps', '5', '--device', 'cpu', '--out', 'run.json');
  const program = join(project, 'node_modules/scaling-lab/lib/cli/scaling-lab.mjs');
  const lab = spawn('node', [program, 'open', 'run.json', '--no-browser'], { cwd: project });
  try {
    const [said] = (await once(lab.stdout, 'data')) as [Buffer];
    const page = await embed.open('', { serviceWorkers: 'block' });
    await page.goto(/http:\S+/.exec(said.toString())![0]);
    await page.locator('lab-runs-table').getByRole('rowheader', { name: 'run', exact: true }).waitFor();
  } finally {
    lab.kill('SIGINT');
    await once(lab, 'exit');
  }
});

test('the element can be imported where there is no document, and registers nothing there', () => {
  const script = `import('scaling-lab').then(({ ScalingLab }) => console.log(typeof ScalingLab, typeof document))`;
  const said = execFileSync('node', ['--input-type=module', '-e', script], {
    cwd: project,
    encoding: 'utf8',
  });
  expect(said.trim()).toBe('function undefined');
});

test('a fresh Vite app with the installed package shows its figure', async () => {
  writeFileSync(join(project, 'main.js'), "import 'scaling-lab';\n");
  writeFileSync(
    join(project, 'index.html'),
    '<!doctype html><html lang="en"><body><link rel="icon" href="data:,"><scaling-lab lesson="mirage"></scaling-lab><script type="module" src="./main.js"></script></body></html>',
  );
  const outDir = join(project, 'app');
  await build({
    configFile: false,
    root: project,
    base: './',
    logLevel: 'error',
    mode: 'production',
    build: { outDir },
  });
  expect(readdirSync(outDir)).toContain('index.html');
  const page = await openFolder(outDir);
  await page.goto(new URL('folder/index.html', page.url()).href);
  await page.getByText('Recorded run:').waitFor();
});

test('the one script of the installed package, in plain HTML', async () => {
  const page = await openFolder(join(project, 'node_modules/scaling-lab/lib/cdn'));
  await page.setContent(
    '<script type="module" src="/folder/scaling-lab.js"></script><scaling-lab lesson="mirage" answer="shown"></scaling-lab>',
  );
  await page.getByText('Recorded run:').waitFor();
  await page.getByRole('button', { name: 'Read the points' }).click();
  await page.locator('lab-chart').waitFor();
});

test('its exports and its types are in order, publint and are-the-types-wrong say', () => {
  const said = execFileSync('npm', ['run', 'check:package'], { encoding: 'utf8' });
  for (const entry of ['"scaling-lab"', '"scaling-lab/engine"', '"scaling-lab/cdn"'])
    expect(said).toContain(entry);
});

/** A page, on which a folder can be asked for as `/folder/`. */
async function openFolder(folder: string): Promise<Page> {
  const page = await embed.open('');
  const types: Record<string, string> = { js: 'text/javascript', html: 'text/html' };
  await page.route('**/folder/**', (route) => {
    const path = new URL(route.request().url()).pathname.slice('/folder/'.length);
    const contentType = types[path.split('.').at(-1)!] ?? 'text/plain';
    return route.fulfill({ path: join(folder, path), contentType });
  });
  return page;
}
