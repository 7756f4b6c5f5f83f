import { html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { define } from '../../components/define.ts';
import { PageElement } from '../../components/element.ts';
import { say } from '../../locales/say.ts';
import { text } from '../../lessons/shared/text.ts';
import styles from './presenter.css?inline';
import { step, type Way } from './steps.ts';

/** Clickers send Page Down and Page Up, or arrows. */
const WAYS: Readonly<Record<string, Way | undefined>> = {
  PageDown: 'next',
  ArrowRight: 'next',
  PageUp: 'back',
  ArrowLeft: 'back',
};
/** Elements that use the arrow keys themselves while they have the focus. */
const TAKES_ARROWS =
  'input, textarea, select, nav, lab-chart, lab-inside, lab-segments, [role=radiogroup], [tabindex="0"]';

const WORDS = {
  full: text('Full screen', '全屏'),
  help: text(
    'In a lesson, Page Down and Page Up, or a presenter’s clicker, go from step to step',
    '在课程里，用 Page Down、Page Up 或翻页笔一步一步地讲',
  ),
};

/** Tools for a lecture hall: full screen, and steps through a lesson by a clicker. */
export class PresenterTools extends PageElement {
  @state() private isFull = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.onChange();
    document.addEventListener('fullscreenchange', this.onChange);
    addEventListener('keydown', this.onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('fullscreenchange', this.onChange);
    removeEventListener('keydown', this.onKey);
  }

  protected override render(): TemplateResult {
    return html`<button
      type="button"
      title=${say(WORDS.help)}
      aria-pressed=${this.isFull}
      ?hidden=${!document.fullscreenEnabled}
      @click=${() => void this.toggle()}
    >
      ${say(WORDS.full)}
    </button>`;
  }

  /** A browser may refuse it: then the page stays as it is. */
  private async toggle(): Promise<void> {
    await (this.isFull ? document.exitFullscreen() : document.documentElement.requestFullscreen()).catch(
      console.warn,
    );
  }

  private readonly onChange = (): void => {
    this.isFull = document.fullscreenElement !== null;
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const way = WAYS[event.key];
    const lesson = document.querySelector('lesson-page');
    if (!way || !lesson || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const isArrow = event.key.startsWith('Arrow');
    if (isArrow && event.target instanceof Element && event.target.closest(TAKES_ARROWS)) return;
    event.preventDefault();
    step(lesson, way);
  };
}

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets.push(sheet);

define('presenter-tools', PresenterTools);
