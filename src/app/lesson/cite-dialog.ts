import { css, html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { version } from '../../../package.json';
import { dialogs } from '../../components/dialog-styles.ts';
import { LabElement } from '../../components/element.ts';
import { base, buttons } from '../../components/styles.ts';
import { lessonLine } from '../../files/command-line.ts';
import type { Changes } from '../../lessons/changes.ts';
import { SITE_FOLDER } from '../../loading.ts';
import { renderCopied } from './copied-text.ts';
import { placesOf } from './embed-snippets.ts';
import { strings } from './embed-strings.ts';

/** The lesson, and the run whose figure is on the screen. */
export interface Cited {
  lesson: string;
  lang: string;
  title: string;
  size: string;
  seed: number;
  /** settings that differ from the lesson's, by path */
  changes: Changes;
}

/** How a lesson is cited, and the line of the command line that makes the run of its figure. */
export class CiteDialog extends LabElement {
  static override styles = [
    base,
    buttons,
    dialogs,
    css`
      label {
        font-size: var(--lab-step--1);
        color: var(--lab-ink-2);
      }
      .row {
        margin: 4px 0 14px;
      }
    `,
  ];

  @state() private cited: Cited | undefined;
  @state() private status = '';
  @query('dialog') private dialog!: HTMLDialogElement;

  async open(cited: Cited): Promise<void> {
    this.cited = cited;
    this.status = '';
    await this.updateComplete;
    this.dialog.showModal();
  }

  protected override render(): TemplateResult {
    return html`<dialog aria-label=${strings.cite}>
      ${this.cited ? this.renderCited(this.cited) : nothing}
    </dialog>`;
  }

  private renderCited(cited: Cited): TemplateResult {
    const { lesson, size, seed, changes } = cited;
    const said = (status: string): string => (this.status = status);
    return html`<h2>${strings.cite}</h2>
      ${renderCopied('plain', strings.citePlain, plainCitation(cited), said, 4)}
      ${renderCopied('bibtex', 'BibTeX', bibtex(cited), said, 9)}
      <h2>${strings.again}</h2>
      <p>${strings.againWhat}</p>
      ${renderCopied('line', strings.line, lessonLine(lesson, size, seed, changes), said, 2)}
      <div class="foot">
        <p role="status">${this.status}</p>
        <button class="small" type="button" @click=${() => this.dialog.close()}>${strings.close}</button>
      </div>`;
  }
}

const AUTHORS = 'Scaling Lab contributors';
const addressOf = ({ lesson, lang }: Cited): string => placesOf(SITE_FOLDER, { lesson, lang }).page;
const today = (): string => new Date().toISOString().slice(0, 10);

export const plainCitation = (cited: Cited): string =>
  `${AUTHORS}. “${cited.title}” Scaling Lab ${version}. ${addressOf(cited)} (${today()}).`;

export const bibtex = (cited: Cited): string =>
  [
    `@misc{scalinglab-${cited.lesson},`,
    `  author = {{${AUTHORS}}},`,
    `  title = {${cited.title}},`,
    `  howpublished = {Scaling Lab ${version}},`,
    `  url = {${addressOf(cited)}},`,
    `  urldate = {${today()}},`,
    '}',
  ].join('\n');

customElements.define('cite-dialog', CiteDialog);
