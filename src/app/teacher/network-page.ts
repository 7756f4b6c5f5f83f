import { html, type TemplateResult } from 'lit';
import { PageElement } from '../../components/element.ts';
import { networkWords as words } from './network-words.ts';

/** For whoever runs a school's network: what has to be allowed, on one page. */
export class NetworkPage extends PageElement {
  protected override render(): TemplateResult {
    const list = (items: readonly string[]): TemplateResult =>
      html`<ul>
        ${items.map((item) => html`<li>${item}</li>`)}
      </ul>`;
    return html`<div class="page prose network">
      <h1 tabindex="-1">${words.title}</h1>
      <section>
        <h2>${words.addresses}</h2>
        ${list([words.address(location.origin), words.https, words.size, words.inspect])}
      </section>
      <section>
        <h2>${words.browsers}</h2>
        ${list([words.which])}
      </section>
      <section>
        <h2>${words.policies}</h2>
        ${list([words.graphics, words.camera, words.storage, words.frames])}
      </section>
      <section>
        <h2>${words.check}</h2>
        <p>${words.checkWhat} <a href="#/bench">${words.benchmark}</a></p>
      </section>
    </div>`;
  }
}
