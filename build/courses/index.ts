/**
 * A SCORM 1.2 package for each lesson: the lab as it is built, its page of that lesson, and the program that speaks with the
 * course (src/app/course). Built after the lab is in its folder; the packages lie beside that folder.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { runnerImport, type Plugin } from 'vite';
import { type Language, LANGUAGES, SOURCE, TAGS } from '../../src/languages.ts';
import type { ForClass } from '../../src/lessons/for-class.ts';
import { PEERS, pathsIn } from '../files.ts';
import { type Document, documentsOf, folderOf } from '../pages/documents.ts';
import { imsmanifest, START } from './manifest.ts';

export const PROGRAM = 'course.js';

/** What a lesson in a course does not ask for: other documents, what is for hosts and messengers, and the benchmark's peers. */
const isLeftOut = (path: string): boolean => PEERS.test(path) || LEFT_OUT.test(path);
const LEFT_OUT =
  /^(_headers|404\.html|manifest\.webmanifest|(cards|lesson|sandbox|teacher|zh|\.vite)\/.*|.*\.(png|map|txt|xml|html))$/;
const NOTICES = 'THIRD-PARTY.txt';

/** One date for all that is packed: the same files give the same package. */
const DATE = new Date('2000-01-01T12:00:00');

/** @param language in which the lesson begins; the learner may change it */
export function courses(language = languageOf(process.env.COURSE_LANGUAGE)): Plugin {
  let folder = '';
  return {
    name: 'courses',
    apply: 'build',
    configResolved({ root, build }) {
      folder = resolve(root, build.outDir);
    },
    closeBundle: {
      order: 'post',
      async handler() {
        const documents = await documentsOf();
        const lessons = documents.filter(
          (one) => one.language === language && one.page.startsWith('lesson/'),
        );
        const version = (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;
        const shared = sharedFiles(folder);
        const sizes = await Promise.all(
          lessons.map(async (document) => {
            const lesson = document.page.replace('lesson/', '');
            const zip = packed(shared, folder, document, await rightOf(lesson), version);
            const name = `${lesson}${language === SOURCE ? '' : `.${language}`}.zip`;
            writeFileSync(join(dirname(folder), name), zip);
            return zip.length;
          }),
        );
        const most = Math.max(...sizes) / 1e6;
        this.info(
          `${sizes.length} packages in ${relative('.', dirname(folder)) || '.'}, at most ${most.toFixed(2)} MB`,
        );
      },
    },
  };
}

function languageOf(text: string | undefined): Language {
  const found = LANGUAGES.find((language) => language === text);
  if (text && !found)
    throw new Error(`COURSE_LANGUAGE: must be one of ${LANGUAGES.join(', ')}, not "${text}"`);
  return found ?? SOURCE;
}

/** What all packages have in common, by their paths. */
function sharedFiles(folder: string): Zippable {
  const paths = pathsIn(folder).filter((path) => path === NOTICES || !isLeftOut(path));
  if (!paths.includes(PROGRAM)) throw new Error(`${folder} has no ${PROGRAM}`);
  return Object.fromEntries(paths.map((path) => [path, new Uint8Array(readFileSync(join(folder, path)))]));
}

async function rightOf(lesson: string): Promise<number> {
  const { module } = await runnerImport<{ forClass: ForClass }>(`/src/lessons/${lesson}/class.ts`, {
    logLevel: 'error',
  });
  return module.forClass.question.right;
}

function packed(
  shared: Zippable,
  folder: string,
  document: Document,
  right: number,
  version: string,
): Uint8Array {
  const page = readFileSync(join(folder, folderOf(document), 'index.html'), 'utf8');
  const files: Zippable = {
    ...shared,
    [START]: strToU8(pageFrom(page, document, right)),
  };
  const described = {
    lesson: document.page.replace('lesson/', ''),
    title: document.heading,
    description: document.description,
    language: TAGS[document.language],
    minutes: document.prose!.minutes,
    version,
  };
  const manifest = imsmanifest(described, Object.keys(files).sort());
  return zipSync({ 'imsmanifest.xml': strToU8(manifest), ...files }, { level: 9, mtime: DATE });
}

/** The lesson's document in the package's first folder, with the course's program before the lab's. */
function pageFrom(html: string, { page, language }: Document, right: number): string {
  const found = /<html lang="([\w-]+)" data-page="[^"]*" data-site="((?:\.\.\/)+)">/.exec(html);
  const script = /<script type="module"/.exec(html);
  if (!found || !script) throw new Error(`the document of ${page} is not as the build makes it`);
  const [opening, tag, up] = found;
  const lesson = page.replace('lesson/', '');
  const own = `<script type="module" src="./${PROGRAM}"></script>\n    `;
  return html
    .replace(script[0], own + script[0])
    .replace(
      opening,
      `<html lang="${tag}" data-course="${lesson}" data-language="${language}" data-right="${right}">`,
    )
    .replaceAll(`="${up}`, '="./')
    .replaceAll(
      /^ *<link rel="(?:alternate|canonical|manifest|apple-touch-icon|iframely player)"[^>]*>\n/gm,
      '',
    )
    .replaceAll(/^ *<meta (?:property="og:|name="twitter:)[^>]*>\n/gm, '')
    .replace(/^ *<noscript>.*<\/noscript>\n/m, '')
    .replace(/^ *<script type="application\/ld\+json">.*<\/script>\n/m, '');
}
