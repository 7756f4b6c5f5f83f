/** Styles of dialogs that give something away to be copied. */
import { css } from 'lit';

export const dialogs = css`
  dialog {
    width: min(34rem, calc(100vw - 28px));
    border: 1px solid var(--lab-line-2);
    border-radius: var(--lab-radius);
    background: var(--lab-card);
    color: var(--lab-ink);
    box-shadow: var(--lab-shadow);
    padding: 20px;
    text-align: left;
    white-space: normal;
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 0.4);
  }
  h2 {
    margin: 0 0 6px;
    font-size: var(--lab-step-1);
    letter-spacing: -0.015em;
  }
  p {
    margin: 0 0 12px;
    font-size: 0.9375rem;
    line-height: 1.5;
    color: var(--lab-ink-2);
  }
  .row {
    display: flex;
    gap: 8px;
    flex-wrap: wrap;
  }
  .copied {
    flex: 1 1 12rem;
    min-width: 0;
    min-height: 44px;
    padding: 4px 10px;
    border: 1px solid var(--lab-control-line);
    border-radius: 8px;
    background: var(--lab-wash);
    color: inherit;
    font-family: var(--lab-mono);
    font-size: var(--lab-step--1);
  }
  .primary {
    min-height: 44px;
    padding: 0 18px;
    border: 0;
    border-radius: 99px;
    background: var(--lab-accent);
    color: var(--lab-accent-ink);
    font-weight: 600;
  }
  .foot {
    display: flex;
    align-items: center;
    gap: 12px;
    margin-top: 14px;
  }
  .foot p {
    flex: 1;
    margin: 0;
    font-size: var(--lab-step--1);
  }
`;
