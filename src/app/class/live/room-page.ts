import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { codeIn, shownCode, type Trains } from '../../../class/live.ts';
import { PageElement } from '../../../components/element.ts';
import type { Lab } from '../../../worker/protocol.ts';
import type { Curriculum } from '../../curriculum.ts';
import { AddressWatch, pageHere } from '../../sharing/address-watch.ts';
import { takeBack } from './hands.ts';
import { LiveController } from './live-controller.ts';
import { liveWords as words } from './live-words.ts';
import { renderPhase } from './learner-phases.ts';
import { OwnResult } from './own-result.ts';
import { lessonLink, titleOf } from './plan-words.ts';
import { leave, liveClass, tell } from './session.ts';

/** A learner's page of a live class: coming in, waiting, where to go, and the own result beside the class's. */
export class RoomPage extends PageElement {
  /** The engine, which is asked what this device trains with. */
  @property({ attribute: false }) lab!: Lab;
  /** Where lessons come from. */
  @property({ attribute: false }) curriculum!: Curriculum;

  /** of another class than this browser's, in the address */
  @state() private code: string | undefined;
  @state() private trains: Trains | undefined;
  private readonly live = new LiveController(this, () => this.onChange());
  private readonly own = new OwnResult(
    this,
    () => (this.live.client?.plan.phase === 'discuss' ? this.live.client.plan.lesson : undefined),
    () => this.curriculum,
  );
  private phase: string | undefined;

  constructor() {
    super();
    new AddressWatch(this, 'room', (said) => this.open(said));
  }

  protected override render(): TemplateResult {
    const { client } = this.live;
    if (!client) return this.renderDoor();
    const { plan, connection } = client;
    if (connection === 'removed') return this.renderOut(words.removed);
    if (connection === 'not-yours' || connection === 'full' || plan.ended) return this.renderOut(words.over);
    const { phase } = plan;
    return this.renderPage(
      html`${words.title} <b>${shownCode(client.code)}</b> · ${words.phases[phase]}`,
      phase === 'lobby' ? words.youAreIn : titleOf(plan),
      html`${connection === 'lost' ? html`<p class="notice" data-kind="bad" role="alert">${words.lost}</p>` : nothing}
        ${renderPhase({ client, lab: this.lab, curriculum: this.curriculum, own: this.own, trains: this.trains })}
        <p class="hint">${words.private}</p>
        ${this.renderLeave()}`,
    );
  }

  private renderPage(eyebrow: TemplateResult | string, title: string, rest: TemplateResult): TemplateResult {
    return html`<div class="page room">
      <p class="eyebrow">${eyebrow}</p>
      <h1 tabindex="-1">${title}</h1>
      ${rest}
    </div>`;
  }

  private renderLeave(): TemplateResult {
    return html`<p>
      <button class="quiet" type="button" @click=${() => this.leave()}>${words.leave}</button>
    </p>`;
  }

  private renderDoor(): TemplateResult {
    return this.renderPage(
      words.pageTitle,
      words.join,
      html`<room-door .code=${this.code} @lab-entered=${() => this.come()}></room-door>`,
    );
  }

  private renderOut(why: string): TemplateResult {
    return this.renderPage(words.pageTitle, why, this.renderLeave());
  }

  private async sayDevice(): Promise<void> {
    this.trains = await this.lab.device().then(
      ({ software }) => (software ? 'cpu' : 'gpu'),
      () => 'none',
    );
    tell('trains', this.trains);
    tell('secure', isSecureContext);
  }

  /** The class moves on: so does who waits here. */
  private onChange(): void {
    const { client } = this.live;
    if (!client?.isReady) return;
    const { phase } = client.plan;
    const moved = this.phase !== undefined && this.phase !== phase;
    this.phase = phase;
    if (phase !== 'run' || client.plan.work !== 'many-hands') takeBack();
    if (moved && phase === 'predict' && pageHere() === 'room') location.hash = lessonLink(client.plan);
  }

  private leave(): void {
    takeBack();
    leave();
    this.live.follow(undefined);
    location.hash = '#/room';
  }

  /** @param said what the address asks for */
  private open(said: URLSearchParams): void {
    const code = codeIn(said.get('code') ?? '');
    const client = liveClass();
    if (code === undefined || code === client?.code) {
      this.come();
      return;
    }
    this.code = code;
    this.live.follow(undefined);
  }

  private come(): void {
    const client = liveClass();
    // Who leaves later is not to come in again by the address.
    this.code = undefined;
    this.live.follow(client);
    if (client) void this.sayDevice();
  }
}
