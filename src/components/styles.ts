/** Styles that several components share. */
import { css } from 'lit';

export const base = css`
  :host {
    display: block;
    color: var(--lab-ink);
    font-family: var(--lab-sans);
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before {
    box-sizing: border-box;
  }
  :focus-visible {
    outline: 3px solid var(--lab-accent);
    outline-offset: 2px;
    border-radius: 6px;
  }
  button,
  select,
  input {
    font: inherit;
    color: inherit;
  }
  button,
  select,
  input[type='range'],
  input[type='radio'] {
    cursor: pointer;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

export const buttons = css`
  .small {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    background: none;
    border: 1px solid var(--lab-line-2);
    border-radius: 8px;
    padding: 5px 12px;
    font-size: var(--lab-step--1);
    min-height: 40px;
    min-width: 40px;
    white-space: nowrap;
  }
  .small:hover:not(:disabled, [aria-disabled='true']) {
    background: var(--lab-wash);
  }
  .small[aria-pressed='true'] {
    background: var(--lab-accent-wash);
    border-color: var(--lab-accent);
    color: var(--lab-accent);
  }
  button:disabled,
  button[aria-disabled='true'] {
    cursor: default;
    opacity: 0.5;
  }
`;
