import { css, type CSSResultGroup, unsafeCSS } from 'lit';
import uPlotStyles from 'uplot/dist/uPlot.min.css?inline';
import { base, buttons } from '../styles.ts';
import { penStyles } from './chart-pen.ts';

const own = css`
  :host {
    --chart-height: var(--lab-chart-height, 20rem);
  }
  .bar {
    display: flex;
    gap: 6px;
    align-items: center;
    margin-bottom: 8px;
    flex-wrap: wrap;
  }
  slot[name='first']::slotted(*) {
    margin-right: auto;
    min-width: 0;
  }
  .segments {
    display: inline-flex;
    background: var(--lab-wash);
    border-radius: 8px;
    padding: 2px;
  }
  .segments button {
    border: 0;
    background: none;
    padding: 4px 8px;
    border-radius: 6px;
    font-size: var(--lab-step--1);
    color: var(--lab-ink-2);
    min-height: 32px;
  }
  .segments button[aria-pressed='true'] {
    background: var(--lab-raised);
    color: var(--lab-ink);
    box-shadow: 0 1px 2px rgb(0 0 0 / 0.16);
  }
  .small {
    min-height: 34px;
    min-width: 0;
    padding: 3px 8px;
  }
  @media (pointer: coarse) {
    .segments button,
    .small {
      min-height: 40px;
    }
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 18px;
    list-style: none;
    margin: 0 0 6px;
    padding: 0;
    font-size: var(--lab-step--1);
    color: var(--lab-ink-2);
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: 7px;
  }
  .legend svg {
    width: 24px;
    height: 10px;
    flex: none;
  }
  .legend b {
    color: var(--lab-ink);
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    min-width: 3.1rem;
  }
  .legend .where {
    margin-left: auto;
    font-variant-numeric: tabular-nums;
  }
  .legend.reading {
    position: absolute;
    top: 0;
    right: 0;
    z-index: 1;
    max-width: calc(100% - 3.75rem);
    margin: 0;
    padding: 3px 10px;
    background: var(--lab-card);
    border: 1px solid var(--lab-line);
    border-radius: 8px;
    pointer-events: none;
  }
  .plot {
    position: relative;
    height: var(--chart-height);
    min-width: 0;
    overflow: hidden;
    /* of the text on the canvas, too */
    font-size: 0.75rem;
    touch-action: pan-y;
  }
  .plot > div {
    position: absolute;
  }
  .cursor {
    position: absolute;
    top: 0;
    bottom: 0;
    width: 1px;
    background: var(--lab-ink-3);
    pointer-events: none;
  }
  .dot {
    position: absolute;
    width: 10px;
    height: 10px;
    margin: -5px 0 0 -5px;
    border-radius: 50%;
    border: 2.5px solid;
    background: var(--lab-card);
    pointer-events: none;
  }
  .field {
    position: relative;
  }
  .ground {
    position: absolute;
    pointer-events: none;
  }
  .prediction {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    overflow: visible;
    clip-path: inset(-3px);
    pointer-events: none;
  }
  .prediction path {
    fill: none;
    stroke: var(--lab-predict);
    stroke-width: calc(2.5px * var(--lab-line-weight, 1));
    stroke-linecap: round;
    stroke-dasharray: 7 6;
  }
  .empty {
    position: absolute;
    inset: 25% 0 auto;
    text-align: center;
    margin: 0;
    color: var(--lab-ink-3);
    font-size: var(--lab-step--1);
    pointer-events: none;
  }
  .foot {
    position: relative;
  }
  .saves {
    position: absolute;
    top: 0;
    right: 0;
    display: flex;
    gap: 6px;
  }
  details {
    font-size: var(--lab-step--1);
    color: var(--lab-ink-2);
    margin-top: 4px;
  }
  summary {
    cursor: pointer;
    min-height: 34px;
    display: flex;
    align-items: center;
    width: max-content;
    max-width: 100%;
    color: var(--lab-accent);
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.18em;
  }
  .scroll {
    max-height: 16rem;
    overflow: auto;
  }
  table {
    border-collapse: collapse;
    width: 100%;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    text-align: right;
    padding: 3px 10px;
    border-bottom: 1px solid var(--lab-line);
  }
  thead th {
    position: sticky;
    top: 0;
    background: var(--lab-card);
    color: var(--lab-ink);
  }
  :host([quiet]) .bar > button,
  :host([quiet]) .foot {
    display: none;
  }
  @media (max-width: 767px) {
    :host([compact]) .bar > button,
    :host([compact]) .foot {
      display: none;
    }
    :host([compact]) .bar {
      margin: 0;
    }
    :host([compact]) .legend {
      font-size: 0.75rem;
      gap: 0 12px;
      margin-bottom: 2px;
    }
    :host([compact]) .legend li {
      gap: 5px;
    }
    :host([compact]) .legend b {
      display: none;
    }
  }
  /* Curves are told apart by their colours, on the ground that they are made for. */
  @media (forced-colors: active) {
    .field {
      forced-color-adjust: none;
      background: var(--lab-card);
    }
  }
  @media print {
    .small,
    summary,
    .saves {
      display: none;
    }
  }
`;

export const styles: CSSResultGroup[] = [unsafeCSS(uPlotStyles), base, buttons, own, penStyles];
