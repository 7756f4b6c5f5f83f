/** The page of whoever leads a live class, which is the projector's. */
import { html } from 'lit';
import { define } from '../../../../components/define.ts';
import '../../../lesson/register.ts';
import type { Page } from '../../../pages.ts';
import { ClassFigure } from '../../class-figure.ts';
import { QRCode } from '../../qr-code.ts';
import '../../style.ts';
import { liveWords } from '../live-words.ts';
import '../style.ts';
import { ProjectorFoot } from './projector-foot.ts';
import { ProjectorPage } from './projector-page.ts';

define('qr-code', QRCode);
define('class-figure', ClassFigure);
customElements.define('projector-foot', ProjectorFoot);
customElements.define('projector-page', ProjectorPage);

export const pages = {
  projector: {
    get title() {
      return liveWords.projector;
    },
    get description() {
      return liveWords.description;
    },
    render: ({ lab, curriculum }) =>
      html`<projector-page .lab=${lab} .curriculum=${curriculum}></projector-page>`,
  },
} satisfies Record<string, Page>;
