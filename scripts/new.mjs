/** `npm run new lesson NAME`: a lesson's folder that runs, with a test that fails until its TODOs are done. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const templates = join(import.meta.dirname, 'lesson');
const lessons = join(import.meta.dirname, '../src/lessons');
/** Between the last lesson and the sandbox, which ends the path. */
const STEP = 10;

const [kind, name, ...more] = process.argv.slice(2);
if (kind !== 'lesson' || name === undefined || more.length > 0) refuse('npm run new lesson NAME');
if (!/^[a-z][a-z-]{1,59}$/.test(name)) {
  refuse(`NAME must be 2 to 60 small letters and hyphens, such as scaling-laws, not "${name}"`);
}
const folder = join(lessons, name);
if (existsSync(folder)) refuse(`src/lessons/${name} is there already`);

const place = nextPlace();
mkdirSync(folder);
for (const file of readdirSync(templates)) {
  const text = readFileSync(join(templates, file), 'utf8')
    .replaceAll('{{name}}', name)
    .replaceAll('{{place}}', String(place));
  writeFileSync(join(folder, file.replace(/\.txt$/, '')), text);
}
console.log(`src/lessons/${name} is a lesson that runs:
  npm run lab -- lesson ${name} --size small --device cpu
  npm run dev                                    and #/lesson/${name}
What it still lacks, one line each:
  npx vitest run test/lessons/complete.test.ts -t ${name}`);

function nextPlace() {
  const places = readdirSync(lessons).flatMap((lesson) => {
    const meta = join(lessons, lesson, 'meta.ts');
    const [, place] =
      (existsSync(meta) && /^export const place = (\d+);/m.exec(readFileSync(meta, 'utf8'))) || [];
    return place !== undefined && lesson !== 'sandbox' ? [Number(place)] : [];
  });
  return Math.max(...places) + STEP;
}

function refuse(why) {
  console.error(why);
  process.exit(2);
}
