/** Declarations name each other by the files that a package has: `./x.ts` becomes `./x.js`. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = 'lib/types';
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  if (!name.endsWith('.d.ts')) continue;
  const path = join(folder, name);
  const text = readFileSync(path, 'utf8').replace(/(['"])(\.{1,2}\/[^'"\n]+)\.ts\1/g, '$1$2.js$1');
  const needsGPU = /\bGPU[A-Z]?\w*/.test(text) ? '/// <reference types="@webgpu/types" />\n' : '';
  writeFileSync(path, needsGPU + text);
}
