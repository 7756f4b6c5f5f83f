/** What the frame around all pages says. */
import { msg, str } from '../../msg.ts';
export const strings = {
  get name(): string {
    return msg('Scaling Lab', { id: 'app.name' });
  },
  get skip(): string {
    return msg('Skip to the content', { id: 'app.skip' });
  },
  get lessons(): string {
    return msg('Lessons', { id: 'app.lessons' });
  },
  lesson: (at: number, title: string): string => msg(str`${at}. ${title}`, { id: 'app.lesson' }),
  lessonDone: (at: number, title: string): string =>
    msg(str`${at}. ${title}, done`, { id: 'app.lesson-done' }),
  theme: {
    get system(): string {
      return msg('Theme: as the system', { id: 'app.theme.system' });
    },
    get light(): string {
      return msg('Theme: light', { id: 'app.theme.light' });
    },
    get dark(): string {
      return msg('Theme: dark', { id: 'app.theme.dark' });
    },
  },
  get projector(): string {
    return msg('Projector', { id: 'app.projector' });
  },
  get projectorHelp(): string {
    return msg('Large type and strong contrast', { id: 'app.projector-help' });
  },
  get about(): string {
    return msg('About this page', { id: 'app.about' });
  },
  get glossary(): string {
    return msg('Terms', { id: 'app.glossary' });
  },
  get teachers(): string {
    return msg('For teachers', { id: 'app.teachers' });
  },
  get bench(): string {
    return msg('Benchmark', { id: 'app.bench' });
  },
  get privacy(): string {
    return msg('Everything is computed on this device. Nothing is uploaded.', { id: 'app.privacy' });
  },
  get loading(): string {
    return msg('Loading…', { id: 'app.loading' });
  },
  /** What became of a page that does not come. */
  trouble: {
    get slow(): string {
      return msg('This page takes long to load. Wait, or check the connection and try again.', {
        id: 'app.load-slow',
      });
    },
    get failed(): string {
      return msg('This page could not be loaded. Check the connection and try again.', {
        id: 'app.load-failed',
      });
    },
    get trying(): string {
      return msg('Asking the server again…', { id: 'app.load-trying' });
    },
  },
  get noLanguage(): string {
    return msg('中文没能加载。Chinese could not be loaded: check the connection, then press again.', {
      id: 'app.no-language',
    });
  },
  get keepsNothing(): string {
    return msg(
      'The frame around this page lets it keep nothing: settings, predictions and runs last until it is closed, and it does not work without a network.',
      { id: 'app.keeps-nothing' },
    );
  },
  get tryAgain(): string {
    return msg('Try again', { id: 'app.try-again' });
  },
};
