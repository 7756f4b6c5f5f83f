import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { PageElement } from '../../components/element.ts';
import { say } from '../../locales/say.ts';
import { SEEDS, WIDTHS } from '../../lessons/emergence-by-size/wall.ts';
import { text } from '../../lessons/shared/text.ts';
import { loadPart } from '../../loading.ts';
import type { Lab } from '../../worker/protocol.ts';
import { strings as app } from '../frame/app-strings.ts';

const ALL = SEEDS * WIDTHS.length;

const WORDS = {
  heading: text(`${ALL} tiny adders, at once`, `${ALL} 个小小的加法器，同时训练`),
  what: text(
    `${WIDTHS.length} sizes, ${SEEDS} seeds of each. Every tile is a transformer that learns to add; it turns green when it gets a sum right that it never saw.`,
    `${WIDTHS.length} 种规模，每种 ${SEEDS} 个种子。每一格是一个正在学加法的 Transformer；答对一道从没见过的题，它就变绿。`,
  ),
  ask: text(`How many of the ${ALL} will turn green?`, `${ALL} 个里有多少个会变绿？`),
  start: text('Train them', '开始训练'),
};

/** Asks how many models of the wall will learn it, and trains them on a press; all that trains is loaded then. */
export class LivesCard extends PageElement {
  /** The engine. */
  @property({ attribute: false }) lab!: Lab;

  @state() private stage: 'asking' | 'coming' | 'there' | 'missing' = 'asking';
  private guess: { green: number; of: number } | undefined;

  protected override render(): TemplateResult {
    return html`<section class="card lives" aria-labelledby="lives">
      <h2 id="lives">${say(WORDS.heading)}</h2>
      ${
        this.stage === 'there'
          ? html`<lab-lives .lab=${this.lab} .guess=${this.guess}></lab-lives>`
          : this.renderAsking()
      }
    </section>`;
  }

  private renderAsking(): TemplateResult {
    return html`<p class="caption">${say(WORDS.what)}</p>
      <div class="lives-grid" aria-hidden="true">${Array.from({ length: ALL }, () => html`<i>?</i>`)}</div>
      <form class="lives-row" @submit=${(event: SubmitEvent) => void this.start(event)}>
        <label>${say(WORDS.ask)} <input name="green" type="number" min="0" max=${ALL} required /></label>
        <button class="cta" ?disabled=${this.stage === 'coming'}>${say(WORDS.start)}</button>
      </form>
      ${this.stage === 'missing' ? html`<p role="alert">${app.trouble.failed}</p>` : nothing}`;
  }

  private async start(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const green = Number(new FormData(event.target as HTMLFormElement).get('green'));
    this.guess = { green, of: ALL };
    this.stage = 'coming';
    try {
      await loadPart(import('./lab-lives.ts'));
      this.stage = 'there';
    } catch {
      this.stage = 'missing';
    }
  }
}

customElements.define('lives-card', LivesCard);
