/** The curve behind a picture's slider; its points are evenly spaced, as the slider's steps are. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import { significant } from '../format.ts';
import type { InsidePicture } from './picture.ts';

const HEIGHT = 64;
const WIDTH = 300;

/** @param frame that is shown */
export function renderTrack({ track, at }: InsidePicture, frame: number): TemplateResult | typeof nothing {
  if (!track) return nothing;
  const [low, high] = track.range;
  const end = Math.max(1, at.length - 1);
  const px = (i: number): number => (WIDTH * i) / end;
  const py = (y: number): number =>
    HEIGHT - (HEIGHT * (Math.min(high, Math.max(low, y)) - low)) / (high - low);
  const path = (y: readonly (number | null)[]): string =>
    y
      .flatMap((value, i) =>
        value === null || !Number.isFinite(value) ? [] : [`${px(i).toFixed(1)},${py(value).toFixed(1)}`],
      )
      .join(' ');
  return html`<figure class="track">
    <figcaption>
      <span>${track.label}</span>
      ${track.curves.map(
        ({ name, isControl, y }) =>
          html`<span class="key ${isControl ? 'control' : ''}">${name} <b>${said(y[frame])}</b></span>`,
      )}
    </figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
      <line class="ground" x1="0" x2=${WIDTH} y1=${HEIGHT} y2=${HEIGHT} />
      <line class="ground" x1="0" x2=${WIDTH} y1="0" y2="0" />
      ${track.curves.map(
        ({ isControl, y }) => svg`<polyline class=${isControl ? 'control' : ''} points=${path(y)} />`,
      )}
      <line class="cursor" x1=${px(frame)} x2=${px(frame)} y1="0" y2=${HEIGHT} />
    </svg>
  </figure>`;
}

function said(value: number | null | undefined): string {
  return value === null || value === undefined || !Number.isFinite(value) ? '–' : significant(value, 2);
}
