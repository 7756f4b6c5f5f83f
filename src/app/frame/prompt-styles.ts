/** A card in the corner that asks something, beside whatever the page shows. */
import { css } from 'lit';

export const promptStyles = css`
  aside {
    position: fixed;
    right: 16px;
    bottom: 16px;
    z-index: 10;
    display: flex;
    flex-wrap: wrap;
    gap: 8px 12px;
    align-items: center;
    max-width: min(30rem, calc(100vw - 32px));
    padding: 10px 14px;
    background: var(--lab-card);
    color: var(--lab-ink);
    border: 1px solid var(--lab-line-2);
    border-radius: var(--lab-radius);
    box-shadow: var(--lab-shadow);
    font: 0.9375rem/1.4 var(--lab-sans);
  }
  p {
    flex: 1 1 14rem;
    margin: 0;
  }
  button {
    min-height: 40px;
    padding: 4px 14px;
    border: 1px solid var(--lab-line-2);
    border-radius: 99px;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  .now {
    background: var(--lab-accent);
    border-color: var(--lab-accent);
    color: var(--lab-accent-ink);
    font-weight: 600;
  }
  :focus-visible {
    outline: 3px solid var(--lab-accent);
    outline-offset: 2px;
  }
  @media print {
    aside {
      display: none;
    }
  }
`;
