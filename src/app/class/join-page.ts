import { html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { PageElement } from '../../components/element.ts';
import { EXPERIMENT_NAMES } from '../../lessons/path.ts';
import { language } from '../../locales/language.ts';
import { metaOf } from '../curriculum.ts';
import { readAddress } from '../sharing/address.ts';
import { addressed, renderWrong } from './addressed.ts';
import { joinWords as words } from './join-words.ts';
import { membership, renew } from './membership.ts';
import { SIZE_NAMES } from './size-names.ts';

/** Whoever opens the link of a class comes in here, and goes on to the lesson with a seed of one's own. */
export class JoinPage extends PageElement {
  @state() private me = membership(nameIn(location.hash));

  protected override render(): TemplateResult {
    const {
      lesson = EXPERIMENT_NAMES[0]!,
      size = 'small',
      wrong,
    } = addressed(readAddress(location.hash).words);
    const { seed } = this.me;
    const { question, description } = metaOf(lesson, language());
    return html`<div class="page join">
      ${renderWrong(wrong)}
      <p class="eyebrow">${words.title}</p>
      <h1 tabindex="-1">${question}</h1>
      <p class="lede">${description}</p>
      <p>${words.seed(seed)}</p>
      <p>${words.size(SIZE_NAMES[size])}</p>
      <p class="row">
        <a class="cta" href="#/lesson/${lesson}?size=${size}&seed=${seed}">${words.begin}</a>
        <button class="quiet" type="button" @click=${() => (this.me = renew())}>${words.another}</button>
      </p>
      <p class="hint">${words.private}</p>
    </div>`;
  }
}

/** The class's word, whoever made it up. */
const nameIn = (hash: string): string =>
  (readAddress(hash).words.get('class') ?? '').replace(/[^\w-]/g, '').slice(0, 40);
