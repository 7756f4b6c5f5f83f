/** What the frame around all pages says. */
import { msg, str } from '@lit/localize';
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
  get teachers(): string {
    return msg('For teachers', { id: 'app.teachers' });
  },
  get bench(): string {
    return msg('Benchmark', { id: 'app.bench' });
  },
  get privacy(): string {
    return msg('Everything is computed on this device. Nothing is uploaded.', { id: 'app.privacy' });
  },
  get loadFailed(): string {
    return msg('This page could not be loaded. Check the connection and try again.', {
      id: 'app.load-failed',
    });
  },
  get languageFailed(): string {
    return msg('The texts in that language could not be loaded. Check the connection and try again.', {
      id: 'app.language-failed',
    });
  },
  get tryAgain(): string {
    return msg('Try again', { id: 'app.try-again' });
  },
};
