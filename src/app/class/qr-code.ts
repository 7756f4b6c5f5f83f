/** A QR code as a drawing: dark on light in every theme, since readers expect that. What makes it is loaded then. */
import { html, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { PageElement } from '../../components/element.ts';

/** A text as a QR code; nothing where what makes it does not come, since each stands beside the text itself. */
export class QRCode extends PageElement {
  /** What is to be read. */
  @property() text = '';
  /** What it is, for those who do not see it. */
  @property() label = '';

  @state() private drawn: { size: number; path: string } | undefined;

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('text')) void this.make(this.text).catch((error: unknown) => console.warn(error));
  }

  protected override render(): TemplateResult | typeof nothing {
    const { drawn, label } = this;
    if (!drawn) return nothing;
    return html`<svg
      class="qr"
      role="img"
      aria-label=${label}
      viewBox="0 0 ${drawn.size} ${drawn.size}"
      shape-rendering="crispEdges"
    >
      ${svg`<rect width="100%" height="100%" fill="#fff" /><path fill="#000" d=${drawn.path} />`}
    </svg>`;
  }

  private async make(text: string): Promise<void> {
    const { qrPath, qrSquares } = await import('../../class/qr.ts');
    const squares = qrSquares(text);
    if (text === this.text) this.drawn = { size: squares.length, path: qrPath(squares) };
  }
}
