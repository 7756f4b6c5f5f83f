/** The built lab, where a command serves it. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { UsageError } from './arguments.ts';

/** In the package beside the command line (`npm run build:package`), in `dist` of a clone. @throws UsageError */
export function siteOf(folder: string | undefined): string {
  const near = ['../site', '../../dist'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  const site = (folder === undefined ? near : [folder]).find((folder) => existsSync(`${folder}/index.html`));
  if (site === undefined) throw new UsageError('the lab is not built: `npm run build` builds it into dist');
  return site;
}
