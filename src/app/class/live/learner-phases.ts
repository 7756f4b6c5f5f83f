/** What a learner sees in each phase of a live class. */
import { html, nothing, type TemplateResult } from 'lit';
import type { LiveClient } from '../../../class/live-client.ts';
import { MOST_NAME, type Trains } from '../../../class/live.ts';
import type { Lab } from '../../../worker/protocol.ts';
import type { Curriculum } from '../../curriculum.ts';
import { membership } from '../membership.ts';
import { loadHands } from './hands.ts';
import { liveWords as words } from './live-words.ts';
import type { OwnResult } from './own-result.ts';
import { lessonLink } from './plan-words.ts';
import { tell } from './session.ts';

interface Shown {
  client: LiveClient;
  lab: Lab;
  curriculum: Curriculum;
  own: OwnResult;
  /** what this device trains on, once it is known */
  trains: Trains | undefined;
}

export function renderPhase(shown: Shown): TemplateResult {
  const { client } = shown;
  const { phase, work } = client.plan;
  if (phase === 'lobby') return renderLobby(shown);
  if (phase === 'predict') return renderWork(client);
  if (work === 'many-hands') return renderShared(shown);
  return phase === 'run' ? renderWork(client) : shown.own.render(client);
}

function renderLobby({ client, trains }: Shown): TemplateResult {
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
    ${
      trains
        ? html`<p>${{ gpu: words.trains, cpu: words.trainsSlowly, none: words.trainsNot }[trains]}</p>`
        : nothing
    }
    ${isSecureContext ? nothing : html`<p class="notice">${words.insecure}</p>`}
    <p>${words.seed(membership().seed)}</p>`;
}

/** One experiment of all: this device is lent, or what came of it is shown. */
function renderShared({ client, lab, curriculum }: Shown): TemplateResult {
  void loadHands();
  return client.plan.phase === 'run'
    ? html`<lend-device .lab=${lab}></lend-device>`
    : html`<p class="lede">${words.lookUp}</p>
        <class-hands .client=${client} .curriculum=${curriculum} .lab=${lab}></class-hands>`;
}

function renderWork({ plan, board }: LiveClient): TemplateResult {
  const { phase } = plan;
  return html`<p>
      <a class="cta" href=${lessonLink(plan)}>${phase === 'predict' ? words.predictNow : words.runNow}</a>
    </p>
    <p>
      ${
        phase === 'predict'
          ? words.predicted(board.counts.predicted, board.counts.members)
          : words.done(board.counts.done, board.counts.members)
      }
    </p>`;
}
