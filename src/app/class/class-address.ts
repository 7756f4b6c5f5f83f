/** The lesson and the size that a page is about: as its address says, until another is chosen on the page. */
import type { ReactiveControllerHost } from 'lit';
import type { Size } from '../../lessons/lesson.ts';
import { EXPERIMENT_NAMES } from '../../lessons/path.ts';
import { AddressWatch } from '../sharing/address-watch.ts';
import { type Addressed, addressed, renderWrong } from './addressed.ts';

export class ClassAddress {
  lesson = EXPERIMENT_NAMES[0]!;
  size: Size = 'small';
  /** the address names a lesson */
  namesLesson = false;
  private wrong: Addressed['wrong'] = [];

  /**
   * @param page as in the hash, such as `class`
   * @param told hears what else the address says
   */
  constructor(
    private readonly host: ReactiveControllerHost,
    page: string,
    told: (words: URLSearchParams) => void = () => undefined,
  ) {
    new AddressWatch(host, page, (words) => {
      const { lesson, size, wrong } = addressed(words);
      this.namesLesson = words.has('lesson');
      this.wrong = wrong;
      this.choose(lesson, size);
      told(words);
    });
  }

  choose(lesson = this.lesson, size = this.size): void {
    this.lesson = lesson;
    this.size = size;
    this.host.requestUpdate();
  }

  /** What the address asks for and is not there. */
  renderWrong(): unknown {
    return renderWrong(this.wrong);
  }
}
