import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { LiveClient } from '../../../class/live-client.ts';
import { JoinError, type JoinProblem } from '../../../class/join.ts';
import { codeIn, MOST_NAME, shownCode, type Trains } from '../../../class/live.ts';
import { PageElement } from '../../../components/element.ts';
import type { Lab } from '../../../worker/protocol.ts';
import type { Curriculum } from '../../curriculum.ts';
import { readAddress } from '../../sharing/address.ts';
import { AddressWatch } from '../../sharing/address-watch.ts';
import { membership, renew } from '../membership.ts';
import { loadHands, takeBack } from './hands.ts';
import { LiveController } from './live-controller.ts';
import { liveWords as words } from './live-words.ts';
import { OwnResult } from './own-result.ts';
import { enter, leave, liveClass, tell } from './session.ts';
import { titleOf } from './title.ts';

/** A learner's page of a live class: coming in, waiting, where to go, and the own result beside the class's. */
export class RoomPage extends PageElement {
  /** The engine, which is asked what this device trains with. */
  @property({ attribute: false }) lab!: Lab;
  /** Where lessons come from. */
  @property({ attribute: false }) curriculum!: Curriculum;

  @state() private problem: JoinProblem | undefined;
  @state() private isJoining = false;
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
      html`${connection === 'lost' ? renderProblem(words.lost) : nothing}${
          phase === 'lobby'
            ? this.renderLobby(client)
            : phase === 'predict'
              ? this.renderWork(client)
              : plan.work === 'many-hands'
                ? this.renderShared(client)
                : phase === 'run'
                  ? this.renderWork(client)
                  : this.own.render(client)
        }
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

  /** One experiment of all: this device is lent, or what came of it is shown. */
  private renderShared(client: LiveClient): TemplateResult {
    void loadHands();
    return client.plan.phase === 'run'
      ? html`<lend-device .lab=${this.lab}></lend-device>`
      : html`<p class="lede">${words.lookUp}</p>
          <class-hands .client=${client} .curriculum=${this.curriculum} .lab=${this.lab}></class-hands>`;
  }

  private renderDoor(): TemplateResult {
    return this.renderPage(
      words.pageTitle,
      words.join,
      html`<form class="row" @submit=${(event: Event) => this.submit(event)}>
          <label
            >${words.code}
            <input
              class="code"
              autocomplete="off"
              autocapitalize="characters"
              spellcheck="false"
              maxlength="12"
              required
            />
          </label>
          <button class="cta" type="submit" ?disabled=${this.isJoining}>
            ${this.isJoining ? words.joining : words.join}
          </button>
        </form>
        ${this.problem ? renderProblem(words.problem(this.problem)) : nothing}
        <p class="hint">${words.private}</p>`,
    );
  }

  private renderLobby(client: LiveClient): TemplateResult {
    const said = client.said('name');
    return html`<p class="lede">${words.waits}</p>
      <p>
        <label class="name"
          >${words.name}
          <input
            maxlength=${MOST_NAME}
            autocomplete="off"
            .value=${typeof said === 'string' ? said : ''}
            @change=${(event: Event) => tell('name', (event.target as HTMLInputElement).value)}
        /></label>
      </p>
      <p class="hint">${words.madeUp}</p>
      ${this.trains ? html`<p>${this.renderDevice(this.trains)}</p>` : nothing}
      ${isSecureContext ? nothing : html`<p class="notice">${words.insecure}</p>`}
      <p>${words.seed(membership().seed)}</p>`;
  }

  private renderDevice(trains: Trains): string {
    return { gpu: words.trains, cpu: words.trainsSlowly, none: words.trainsNot }[trains];
  }

  private renderWork({ plan, board }: LiveClient): TemplateResult {
    const { phase } = plan;
    return html`<p>
        <a class="cta" href=${this.lessonLink()}>${phase === 'predict' ? words.predictNow : words.runNow}</a>
      </p>
      <p>
        ${
          phase === 'predict'
            ? words.predicted(board.counts.predicted, board.counts.members)
            : words.done(board.counts.done, board.counts.members)
        }
      </p>`;
  }

  private renderOut(why: string): TemplateResult {
    return this.renderPage(words.pageTitle, why, this.renderLeave());
  }

  private lessonLink(): string {
    const { plan } = this.live.client!;
    return `#/lesson/${plan.lesson}?size=${plan.size}&seed=${membership().seed}`;
  }

  private submit(event: Event): void {
    event.preventDefault();
    const code = codeIn(this.querySelector<HTMLInputElement>('input.code')!.value);
    if (code === undefined) this.problem = 'no-class';
    else void this.join(code);
  }

  private async join(code: string): Promise<void> {
    this.isJoining = true;
    this.problem = undefined;
    try {
      this.live.follow(await enter(code));
      void this.sayDevice();
    } catch (error) {
      this.problem = error instanceof JoinError ? error.problem : 'no-room';
    }
    this.isJoining = false;
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
    if (moved && phase === 'predict' && readAddress(location.hash).page === 'room')
      location.hash = this.lessonLink();
  }

  private leave(): void {
    takeBack();
    leave();
    renew('');
    this.live.follow(undefined);
    location.hash = '#/room';
  }

  /** @param said what the address asks for */
  private open(said: URLSearchParams): void {
    const code = codeIn(said.get('code') ?? '');
    if (code !== undefined && code !== membership().class) {
      void this.join(code);
      return;
    }
    const client = liveClass();
    this.live.follow(client);
    if (client) void this.sayDevice();
    else if (code !== undefined) void this.join(code);
  }
}

function renderProblem(said: string): TemplateResult {
  return html`<p class="notice" data-kind="bad" role="alert">${said}</p>`;
}
