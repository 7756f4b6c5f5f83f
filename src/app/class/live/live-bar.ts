import { html, nothing, type TemplateResult } from 'lit';
import { type Board, MEMBER_KEYS, type Plan, shownCode } from '../../../class/live.ts';
import { PageElement } from '../../../components/element.ts';
import { language } from '../../../locales/language.ts';
import { metaOf } from '../../curriculum.ts';
import { pageHere } from '../../sharing/address-watch.ts';
import { LiveController } from './live-controller.ts';
import { liveWords as words } from './live-words.ts';
import { lessonLink } from './plan-words.ts';
import { liveClass } from './session.ts';

/** One line at the foot of every page of a learner in a live class: where the class is, and whether one's own is sent. */
export class LiveBar extends PageElement {
  private readonly live = new LiveController(this, () => this.onChange());
  private phase = '';

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.onHash);
    this.live.follow(liveClass());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.onHash);
  }

  protected override render(): TemplateResult | typeof nothing {
    const page = pageHere();
    const { client } = this.live;
    if (!client || page === 'room' || page === 'projector') return nothing;
    const { plan, board, connection } = client;
    if (plan.ended && client.isReady) return nothing;
    const isShared = isSharedNow(plan);
    const isHere = page === `lesson/${plan.lesson}`;
    return html`<aside class="live-bar" aria-label=${words.title}>
      <a href="#/room">${words.title} <b>${shownCode(client.code)}</b></a>
      <span>${words.phases[plan.phase]}</span>
      <span class="counts">${renderCounts(plan, board)}</span>
      ${
        isHere || plan.phase === 'lobby' || isShared
          ? nothing
          : html`<a class="pill" href=${lessonLink(plan)}
              >${words.goTo(metaOf(plan.lesson, language()).title)}</a
            >`
      }
      ${plan.phase === 'discuss' || isShared ? html`<a class="pill" href="#/room">${words.see}</a>` : nothing}
      <span role="status" class="sent" data-sent=${client.isSent}>${this.renderSent(connection)}</span>
    </aside>`;
  }

  private renderSent(connection: string): string {
    const client = this.live.client!;
    if (connection === 'removed') return words.removed;
    if (connection === 'lost' || connection === 'connecting') return words.lost;
    if (!client.isSent) return words.sending;
    const { lesson } = client.plan;
    if (client.said(MEMBER_KEYS.result + lesson) !== undefined) return words.sentResult;
    return client.said(MEMBER_KEYS.said + lesson) !== undefined ? words.sentPrediction : words.here;
  }

  /** The class is asked to look together: who has nothing to do any more is taken there. */
  private onChange(): void {
    const { plan } = this.live.client!;
    const came = this.phase !== '' && this.phase !== plan.phase;
    this.phase = plan.phase;
    if (!came || !(plan.phase === 'discuss' || isSharedNow(plan))) return;
    const isDone =
      plan.work === 'many-hands' || this.live.client!.said(MEMBER_KEYS.result + plan.lesson) !== undefined;
    if (isDone && pageHere() === `lesson/${plan.lesson}`) location.hash = '#/room';
  }

  private readonly onHash = (): void => {
    this.live.follow(liveClass());
  };
}

/** Devices are lent now, which the class's own page does. */
const isSharedNow = ({ work, phase }: Plan): boolean => work === 'many-hands' && phase === 'run';

function renderCounts({ phase, work }: Plan, { counts, hands }: Board): string {
  if (phase !== 'run') return words.predicted(counts.predicted, counts.members);
  if (work === 'many-hands') return words.runsDone(hands?.done ?? 0, hands?.runs ?? 0);
  return words.done(counts.done, counts.members);
}
