/** The page of a learner in a live class. */
import { html } from 'lit';
import '../../lesson/register.ts';
import type { Page } from '../../pages.ts';
import '../style.ts';
import { liveWords } from './live-words.ts';
import { RoomDoor } from './room-door.ts';
import { RoomPage } from './room-page.ts';
import './style.ts';

// It comes with the first lesson, unless that was opened before its browser was in a class.
void import('./on-lesson.ts').catch((error: unknown) => console.warn(error));
customElements.define('room-door', RoomDoor);
customElements.define('room-page', RoomPage);

export const pages = {
  room: {
    get title() {
      return liveWords.pageTitle;
    },
    get description() {
      return liveWords.description;
    },
    render: ({ lab, curriculum }) => html`<room-page .lab=${lab} .curriculum=${curriculum}></room-page>`,
  },
} satisfies Record<string, Page>;
