/**
 * The licences of all packages of which something is in a build, as THIRD-PARTY.txt beside it; scripts name the file.
 * Vite's own `build.license` knows nothing of what is in workers.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

export const NOTICES = 'THIRD-PARTY.txt';
const COMMENT = `/*! Licences of the libraries in this file: ${NOTICES} */\n`;
const TITLE = 'Libraries that are bundled here, and their licences.\n';
const RULE = `\n${'='.repeat(80)}\n`;

interface Manifest {
  name?: string;
  version?: string;
  license?: string;
}

export interface ThirdParty {
  /** of the build itself: writes the file */
  build(): Plugin;
  /** of its workers, which are built apart */
  worker(): Plugin;
}

export function thirdParty(): ThirdParty {
  /** by name and version */
  const notices = new Map<string, string>();

  const collect = {
    order: 'post' as const,
    handler(_options: unknown, bundle: Rolldown.OutputBundle): void {
      for (const part of Object.values(bundle)) {
        if (part.type !== 'chunk') continue;
        const folders = new Set(part.moduleIds.map(packageOf).filter((folder) => folder !== undefined));
        for (const folder of folders) notices.set(...noticeOf(folder));
        if (folders.size || part.isEntry) part.code = COMMENT + part.code;
      }
    },
  };
  let path = '';
  return {
    worker: () => ({ name: 'third-party', generateBundle: collect }),
    build: () => ({
      name: 'third-party',
      apply: 'build',
      configResolved({ root, build }) {
        path = join(resolve(root, build.outDir), NOTICES);
      },
      generateBundle: collect,
      closeBundle() {
        if (notices.size) writeFileSync(path, joined(path, notices));
      },
    }),
  };
}

/** Builds that share a folder share the file. */
function joined(path: string, notices: ReadonlyMap<string, string>): string {
  const before = existsSync(path) ? readFileSync(path, 'utf8').split(RULE).slice(1) : [];
  const all = new Map(before.map((notice) => [notice.split('\n')[0]!, notice]));
  for (const [name, notice] of notices) all.set(name, notice);
  return [TITLE, ...[...all].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, notice]) => notice)].join(RULE);
}

/** The folder of the package that a module belongs to; undefined for our own. */
function packageOf(id: string): string | undefined {
  const [, folder] = /^(\/.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id.replaceAll('\\', '/')) ?? [];
  return folder;
}

function noticeOf(folder: string): [string, string] {
  const { name, version, license } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ) as Manifest;
  const heading = `${name} ${version} (${license})`;
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  const without = `Without a text of its own: ${license} is the licence of other libraries in this file, too.`;
  return [heading, `${[heading, ...(texts.length ? texts : [without])].join('\n\n')}\n`];
}
