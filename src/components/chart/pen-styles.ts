/** The field in which a prediction is drawn. */
import { css } from 'lit';

export const penStyles = css`
  .pen {
    position: absolute;
    top: 0;
    bottom: 0;
    display: grid;
    place-items: center;
    cursor: crosshair;
    pointer-events: auto;
    touch-action: none;
    z-index: 2;
    background: var(--lab-predict-wash);
    border-inline: 1px solid color-mix(in srgb, var(--lab-predict) 25%, transparent);
    user-select: none;
  }
  .pen .hint {
    max-width: 16rem;
    margin-left: min(0px, 100% - 9rem);
    padding: 0 8px;
    text-align: center;
    font-size: 0.8125rem;
    color: var(--lab-predict);
    background: color-mix(in srgb, var(--lab-card) 80%, transparent);
    pointer-events: none;
  }
  .pen .nib {
    position: absolute;
    width: 12px;
    height: 12px;
    margin: 0 0 -6px -6px;
    border-radius: 50%;
    border: 2.5px solid var(--lab-predict);
    background: var(--lab-card);
    pointer-events: none;
    visibility: hidden;
  }
  .pen:focus-visible .nib {
    visibility: visible;
  }
`;
