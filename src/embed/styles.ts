/** The look of the figure, out of reach of the page around it but for what it is meant to set. */
import { css, unsafeCSS } from 'lit';
import tokens from '../styles/tokens.css?inline';

/** The site's tokens, on the element: whoever styles `scaling-lab` from outside has the last word. */
const onHost = tokens
  .replace(/:root\[data-projector\]\s*\{[^}]*\}/, '')
  .replace(/color-scheme:\s*light dark/, 'color-scheme: inherit')
  .replace(/:root\[data-(theme[^\]]+\])/g, ':host([$1)')
  .replaceAll(':root', ':host');

export const styles = [
  unsafeCSS(onHost),
  css`
    :host {
      display: block;
      contain: content;
      --lab-rem: 16px;
    }
    :host([hidden]) {
      display: none;
    }
    /* What is inherited from the page ends here. */
    .root {
      all: initial;
      display: block;
      color-scheme: inherit;
      direction: ltr;
      unicode-bidi: isolate;
      box-sizing: border-box;
      font: 400 1rem / 1.45 var(--lab-sans);
      color: var(--lab-ink);
      background: var(--lab-card);
      border: 1px solid var(--lab-line);
      border-radius: var(--lab-radius);
      padding: 16px;
      container-type: inline-size;
    }
    *,
    *::before {
      box-sizing: border-box;
    }
    figure {
      margin: 0;
    }
    .title {
      margin: 0 0 10px;
      font-weight: 650;
      font-size: 1.0625rem;
      letter-spacing: -0.01em;
      text-wrap: balance;
    }
    .legend {
      display: flex;
      flex-wrap: wrap;
      gap: 2px 18px;
      list-style: none;
      margin: 0 0 6px;
      padding: 0;
      font-size: 0.8125rem;
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
    }
    .poster {
      display: block;
      width: 100%;
      height: var(--lab-chart-height, 20rem);
      object-fit: contain;
      font-size: 12px;
    }
    .axes path {
      stroke: var(--lab-line);
      fill: none;
    }
    .axes text {
      fill: var(--lab-ink-2);
    }
    .expected {
      fill: none;
      stroke: var(--lab-predict);
      stroke-width: 2;
      stroke-dasharray: 7 5;
    }
    .tabs,
    .bar,
    .knobs {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 12px;
      margin: 10px 0 0;
    }
    .tabs {
      margin: 0 0 8px;
      gap: 4px;
    }
    .tabs button[aria-pressed='true'] {
      background: var(--lab-accent-wash);
      border-color: var(--lab-accent);
      color: var(--lab-accent);
    }
    button,
    select,
    input {
      font: inherit;
      color: inherit;
    }
    button {
      cursor: pointer;
      background: none;
      border: 1px solid var(--lab-line-2);
      border-radius: 8px;
      padding: 5px 12px;
      min-height: 40px;
      font-size: 0.8125rem;
    }
    .tabs button {
      min-height: 32px;
    }
    button:hover {
      background: var(--lab-wash);
    }
    .primary,
    .primary:hover {
      min-height: 44px;
      padding: 0 20px;
      border: 0;
      border-radius: 99px;
      background: var(--lab-accent);
      color: var(--lab-accent-ink);
      font-weight: 600;
      font-size: 0.9375rem;
    }
    :focus-visible {
      outline: 3px solid var(--lab-accent);
      outline-offset: 2px;
      border-radius: 6px;
    }
    .knobs {
      font-size: 0.8125rem;
      color: var(--lab-ink-2);
    }
    .knobs label {
      display: flex;
      align-items: center;
      gap: 6px;
    }
    .knobs select,
    .knobs input {
      width: 6.5rem;
      min-height: 34px;
      padding: 3px 6px;
      background: var(--lab-wash);
      color: var(--lab-ink);
      border: 1px solid var(--lab-control-line);
      border-radius: 6px;
    }
    .notice {
      margin: 0 0 10px;
      padding: 10px 14px;
      border-left: 3px solid var(--lab-refute);
      background: var(--lab-wash);
      border-radius: 0 8px 8px 0;
      font-size: 0.875rem;
    }
    .notice p {
      margin: 2px 0 0;
      white-space: pre-line;
      overflow-wrap: anywhere;
    }
    .status {
      margin: 6px 0 0;
      font-size: 0.8125rem;
      color: var(--lab-ink-2);
    }
    .status:empty {
      margin: 0;
    }
    .verdict {
      margin: 8px 0 0;
      font-size: 0.875rem;
    }
    figcaption {
      margin-top: 10px;
      font-size: 0.8125rem;
      color: var(--lab-ink-2);
    }
    a {
      color: var(--lab-accent);
      text-underline-offset: 0.18em;
    }
    .nofigure {
      min-height: 6rem;
      display: grid;
      place-items: center;
      color: var(--lab-ink-3);
      font-size: 0.875rem;
    }
  `,
];
