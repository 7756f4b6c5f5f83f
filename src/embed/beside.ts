/** What stands beside a figure's curve where its author asks for it: pictures of the inside, as on the lesson's page. */
import { css } from 'lit';
import type { RecordedPictures } from '../findings/pictures.ts';
import type { Inside } from '../lessons/inside.ts';
import { type InsideHost, InsideView } from '../running/inside-view.ts';
import type { LiveHost } from './live-host.ts';

const insides = import.meta.glob<Inside>('../lessons/*/inside.ts', { import: 'inside' });
const pictures = import.meta.glob<RecordedPictures>('../lessons/*/pictures.json', { import: 'default' });

/** Beside the curve where there is room for both, and else below it. */
const { styleSheet } = css`
  .beside {
    display: grid;
    gap: 20px 28px;
  }
  .beside > * {
    min-width: 0;
  }
  .inside {
    padding-top: 16px;
    border-top: 1px solid var(--lab-line);
  }
  .inside lab-ask,
  .takeout {
    display: block;
    margin-top: 12px;
    font-size: 0.8125rem;
    color: var(--lab-ink-2);
  }
  .takeout select {
    min-height: 40px;
    padding: 2px 8px;
    border: 1px solid var(--lab-control-line);
    border-radius: 8px;
    background: var(--lab-card);
  }
  @container (min-width: 860px) {
    .beside:has(.inside) {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
    .inside {
      padding: 0;
      border: 0;
    }
  }
`;

/** @param lesson none for a figure of a spec, which has no pictures */
export function insideOf(
  host: LiveHost,
  lesson: string | undefined,
  around: Omit<InsideHost, 'inside' | 'recorded'>,
): InsideView {
  const { adoptedStyleSheets } = host.renderRoot as ShadowRoot;
  if (!adoptedStyleSheets.includes(styleSheet!)) adoptedStyleSheets.push(styleSheet!);
  return new InsideView(host, {
    ...around,
    inside: async () => insides[`../lessons/${lesson}/inside.ts`]?.(),
    recorded: async () => pictures[`../lessons/${lesson}/pictures.json`]?.(),
  });
}
