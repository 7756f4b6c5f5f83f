/** How rows of marked words and walls of tiles look. */
import { css } from 'lit';

export const rowsStyles = css`
  .rows {
    list-style: none;
    margin: 0;
    padding: 0;
    display: grid;
    gap: 2px;
    font-family: var(--lab-mono);
    font-size: 0.875rem;
    font-variant-numeric: tabular-nums;
    text-align: center;
  }
  .rows li {
    padding: 1px 6px;
    border-radius: 6px;
    background: var(--lab-wash);
    white-space: nowrap;
  }
  .rows li.right {
    background: color-mix(in srgb, var(--lab-hold) 16%, var(--lab-card));
  }
  .rows .right {
    color: var(--lab-hold);
    font-weight: 700;
  }
  .rows span.wrong {
    color: var(--lab-refute);
    text-decoration: underline dotted;
    text-underline-offset: 3px;
  }
  .rows .given {
    color: var(--lab-ink-2);
  }
  .wall {
    list-style: none;
    margin: 0;
    padding: 0;
    display: grid;
    gap: 5px;
    font-variant-numeric: tabular-nums;
  }
  .wall li {
    display: grid;
    grid-template-columns: 3.6rem repeat(var(--tiles), minmax(0, 5rem));
    gap: 5px;
    align-items: center;
  }
  .wall span {
    padding: 7px 0;
    border-radius: 6px;
    font-size: 0.8125rem;
    line-height: 1.3;
    text-align: center;
    color: var(--lab-ink-2);
    background: var(--lab-wash);
    transition:
      background 0.3s,
      color 0.3s;
  }
  .wall .given {
    padding: 0;
    background: none;
    text-align: start;
  }
  .wall .right {
    background: var(--lab-hold);
    color: var(--lab-card);
    font-weight: 700;
  }
  @container (width < 32rem) {
    .wall li {
      gap: 3px;
    }
    .wall .many {
      grid-template-columns: repeat(8, minmax(0, 1fr));
    }
    .wall .many .given {
      grid-column: 1 / -1;
    }
    .wall span {
      padding: 4px 0;
      font-size: 0.75rem;
    }
  }
`;
