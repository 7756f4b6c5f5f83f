/** Examples for hosts say what the build and public/_headers say. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { headersIn } from '../support/site.ts';

const example = (name: string): string => readFileSync(`examples/hosts/${name}`, 'utf8');
const scripts = (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> })
  .scripts;

test('nginx sends exactly the headers that the site is tested under', () => {
  const sent = [...example('nginx.conf').matchAll(/^ {2}add_header ([\w-]+) "(.+)" always;$/gm)];
  const headers = Object.fromEntries(sent.map(([, name, value]) => [name!.toLowerCase(), value]));
  expect(headers).toEqual(headersIn(readFileSync('public/_headers', 'utf8')));
  expect(example('nginx.conf')).toContain('error_page 404 /404.html;');
});

test('the workflow for GitHub Pages is one, and builds by a command that there is', () => {
  interface Workflow {
    permissions: Record<string, string>;
    jobs: {
      deploy: {
        steps: { uses?: string; run?: string; env?: Record<string, string>; with?: { path?: string } }[];
      };
    };
  }
  const { permissions, jobs } = parse(example('pages.yml')) as Workflow;
  expect(permissions).toMatchObject({ pages: 'write', 'id-token': 'write' });
  const { steps } = jobs.deploy;
  expect(steps.find(({ run }) => run)).toMatchObject({ run: 'npm ci && npm run build' });
  expect(steps.find(({ run }) => run)!.env).toHaveProperty('SITE_URL');
  expect(scripts).toHaveProperty('build');
  expect(steps.find(({ uses }) => uses?.startsWith('actions/upload-pages-artifact'))!.with!.path).toBe(
    'dist',
  );
  expect(readFileSync('docs/deploy.md', 'utf8')).toContain('examples/hosts/pages.yml');
});

test('Netlify publishes what is built', () => {
  expect(example('netlify.toml')).toMatch(/command = "SITE_URL=\$URL\/ npm run build"\n {2}publish = "dist"/);
});
