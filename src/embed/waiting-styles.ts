/** The look of a figure whose answer waits, and of what is said when it does no longer. */
import { css } from 'lit';

/** The field lies over the plot of the picture, within the margins of poster.ts. */
export const waitingStyles = css`
  .ask {
    margin: 0 0 10px;
    color: var(--lab-predict);
    font-weight: 600;
    text-wrap: balance;
  }
  .field {
    position: relative;
  }
  .ground {
    position: absolute;
    inset: auto 22px 42px 58px;
    height: calc(var(--lab-chart-height, 20rem) - 52px);
    pointer-events: none;
  }
  .ground[data-asked] {
    pointer-events: auto;
    touch-action: none;
    cursor: crosshair;
  }
  .ground .pen {
    background: none;
    border: 0;
  }
  .ground .hint {
    display: none;
  }
  .asked {
    fill: var(--lab-predict-wash);
  }
  .number {
    display: flex;
    align-items: center;
    gap: 8px;
    font-size: 0.875rem;
  }
  .number input {
    width: 7rem;
    min-height: 44px;
    padding: 3px 10px;
    background: var(--lab-wash);
    border: 1px solid var(--lab-control-line);
    border-radius: 8px;
  }
  .primary[aria-disabled='true'] {
    opacity: 0.5;
    cursor: default;
  }
`;
