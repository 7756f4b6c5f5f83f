/** The look of a replay, and of what is said when the answer was seen. */
import { css } from 'lit';

export const answeredStyles = css`
  .bar input[type='range'] {
    flex: 1 1 8rem;
    min-height: 40px;
    accent-color: var(--lab-accent);
  }
  .against {
    margin: 12px 0 0;
    padding: 8px 12px;
    background: var(--lab-predict-wash);
    border-radius: 8px;
    font-size: 0.9375rem;
  }
  .against b {
    color: var(--lab-predict);
  }
`;
