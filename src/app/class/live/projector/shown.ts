import type { LiveClient } from '../../../../class/live-client.ts';
import type { Figure } from '../../../../lessons/lesson.ts';
import type { Lab } from '../../../../worker/protocol.ts';
import type { Curriculum } from '../../../curriculum.ts';
import type { Taught } from '../../taught-lesson.ts';
import type { Leading } from './leading.ts';

/** What the projector's page shows, and by what it leads. */
export interface Shown {
  client: LiveClient;
  leading: Leading;
  taught: Taught;
  /** in which the class's curves are pooled */
  figure: Figure | undefined;
  curriculum: Curriculum;
  lab: Lab;
}
