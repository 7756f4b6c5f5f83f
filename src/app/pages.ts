/** The pages by the hash in the address; each loads what it needs when it is first opened. */
import { html, type TemplateResult } from 'lit';
import { readAddress } from './sharing/address.ts';
import { strings as app } from './frame/app-strings.ts';
import { type Curriculum, LESSON_NAMES, metaOf } from './curriculum.ts';
import { strings as bench } from './bench/bench-strings.ts';
import { strings as home } from './home/home-strings.ts';
import { language } from '../locales/language.ts';
import type { Lesson } from '../lessons/lesson.ts';
import type { WorkerLife } from '../worker/client.ts';
import type { Lab } from '../worker/protocol.ts';
import type { Probe } from './device/probe.ts';
import type { Settings } from './frame/settings.ts';

export interface Services {
  lab: Lab;
  /** the worker behind the lab, where there is one */
  life?: WorkerLife;
  curriculum: Curriculum;
  /** asks what the page would compute on */
  probe: () => Promise<Probe>;
}

export interface Page {
  /** in the language that is spoken when it is read */
  readonly title: string;
  readonly description: string;
  /** what must be there before it is shown */
  load?: (services: Services) => Promise<unknown>;
  render: (services: Services, settings: Settings) => TemplateResult;
}

const experiments = (): Promise<unknown> => import('./experiments/register.ts');
const classes = () => import('./class/register.ts');
const live = () => import('./class/live/register.ts');
const projector = () => import('./class/live/projector/register.ts');
const teachers = () => import('./teacher/register.ts');

const PAGES: Readonly<Record<string, Page>> = {
  '': {
    get title() {
      return home.title;
    },
    get description() {
      return home.description;
    },
    load: () => import('./home/home-page.ts'),
    render: ({ lab, probe }, { progress }) =>
      html`<home-page .lab=${lab} .probe=${probe} .progress=${progress}></home-page>`,
  },
  shape: {
    get title() {
      return home.cards.shape.heading;
    },
    get description() {
      return home.cards.shape.text;
    },
    load: experiments,
    render: ({ lab }) => html`<shape-page .lab=${lab}></shape-page>`,
  },
  language: {
    get title() {
      return home.cards.language.heading;
    },
    get description() {
      return home.cards.language.text;
    },
    load: experiments,
    render: ({ lab }) => html`<language-page .lab=${lab}></language-page>`,
  },
  teacher: {
    get title() {
      return metaOf('teacher', language()).title;
    },
    get description() {
      return metaOf('teacher', language()).description;
    },
    load: (services) => Promise.all([teachers(), proseOf('teacher', services)]),
    render: ({ curriculum }) => html`<teacher-page .curriculum=${curriculum}></teacher-page>`,
  },
  glossary: {
    get title() {
      return metaOf('glossary', language()).title;
    },
    get description() {
      return metaOf('glossary', language()).description;
    },
    load: (services) => Promise.all([import('./glossary/register.ts'), proseOf('glossary', services)]),
    render: ({ curriculum }) => html`<glossary-page .curriculum=${curriculum}></glossary-page>`,
  },
  bench: {
    get title() {
      return bench.title;
    },
    get description() {
      return bench.description;
    },
    load: () => import('./bench/register.ts'),
    render: ({ lab }) => html`<bench-page .device=${() => lab.device()}></bench-page>`,
  },
  class: latePage('class', classes),
  join: latePage('join', classes),
  room: latePage('room', live),
  projector: latePage('projector', projector),
  worksheet: latePage('worksheet', teachers),
  network: latePage('network', teachers),
  ...Object.fromEntries(LESSON_NAMES.map((name) => [`lesson/${name}`, lessonPage(name)])),
  sandbox: sandboxPage(),
  'lesson/sandbox': sandboxPage(),
};

/** Loads a page's text before the page is shown, so that the frame can say where it is missing; the page then finds it in the cache. */
const proseOf = (name: string, { curriculum }: Services): Promise<unknown> =>
  curriculum.prose(name, language());

/** The sandbox is the last stop of the path, and has a short address as well. */
function sandboxPage(): Page {
  return {
    get title() {
      return metaOf('sandbox', language()).title;
    },
    get description() {
      return metaOf('sandbox', language()).description;
    },
    load: (services) => Promise.all([import('./sandbox/register.ts'), proseOf('sandbox', services)]),
    render: ({ lab, curriculum }) =>
      html`<sandbox-page .lab=${lab} .curriculum=${curriculum}></sandbox-page>`,
  };
}

function lessonPage(name: string): Page {
  return {
    get title() {
      return metaOf(name, language()).question;
    },
    get description() {
      return metaOf(name, language()).description;
    },
    load: (services) =>
      Promise.all([
        import('./lesson/register.ts'),
        proseOf(name, services),
        services.curriculum.lesson(name).then(alongside),
        // A recording that fails to load is an error; a lesson without one is not.
        services.curriculum.recording(name),
      ]),
    render: ({ lab, curriculum }) =>
      html`<lesson-page .lab=${lab} .curriculum=${curriculum} .name=${name}></lesson-page>`,
  };
}

/** Loads the wall of a hundred lives and the duel with the lesson that has them; where they fail, the lesson works without. */
function alongside(lesson: Lesson | undefined): void {
  if (lesson?.hasLives) void import('./lives/lives-card.ts').catch(console.warn);
  if (lesson?.rival) void import('./duel/duel-card.ts').catch(console.warn);
}

/** Pages whose title, too, is loaded only when one of them is asked for. */
function latePage<K extends string>(name: K, load: () => Promise<{ pages: Record<K, Page> }>): Page {
  let page: Page | undefined;
  return {
    get title() {
      return page?.title ?? app.loading;
    },
    get description() {
      return page?.description ?? '';
    },
    load: async () => void ({ [name]: page } = (await load()).pages),
    render: (services, settings) => page!.render(services, settings),
  };
}

/** The name of the page for addresses that mean none. */
export const UNKNOWN = 'unknown';

const unknownPage = latePage(UNKNOWN, () => import('./frame/unknown-page.ts'));

/** A page by a name that `pageOf` has given. */
export const findPage = (name: string): Page => (Object.hasOwn(PAGES, name) ? PAGES[name]! : unknownPage);

/** The page that an address means, or UNKNOWN. What follows a `?` is the page's own. */
export function pageOf(hash: string): string {
  const { page } = readAddress(hash);
  return Object.hasOwn(PAGES, page) ? page : UNKNOWN;
}
