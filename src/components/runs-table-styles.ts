import { css } from 'lit';

export const runsTableStyles = css`
  :host {
    container-type: inline-size;
    font-size: var(--lab-step--1);
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 8px;
    align-items: center;
    margin-bottom: 8px;
  }
  .bar h2 {
    margin: 0 auto 0 0;
    font-size: var(--lab-step-0);
  }
  .sorting {
    display: none;
    align-items: center;
    gap: 6px;
    color: var(--lab-ink-2);
  }
  select,
  .rename input {
    background: var(--lab-wash);
    border: 1px solid var(--lab-control-line);
    border-radius: 6px;
    padding: 3px 6px;
    min-height: 36px;
    max-width: 100%;
  }
  .scroll {
    position: relative;
    overflow-x: auto;
  }
  table {
    border-collapse: collapse;
    width: 100%;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    text-align: left;
    padding: 5px 16px 5px 0;
    border-bottom: 1px solid var(--lab-line);
    vertical-align: middle;
    font-weight: 400;
  }
  th.number,
  td.number {
    text-align: right;
    white-space: nowrap;
  }
  thead th {
    color: var(--lab-ink-2);
    padding-bottom: 2px;
  }
  thead button {
    border: 0;
    background: none;
    padding: 4px 0;
    min-height: 32px;
    color: inherit;
    text-align: inherit;
  }
  thead button:hover,
  thead [aria-sort] button {
    color: var(--lab-ink);
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  tbody tr:hover {
    background: var(--lab-wash);
  }
  tr[data-hidden] {
    color: var(--lab-ink-3);
  }
  tbody th {
    font-weight: 600;
    overflow-wrap: anywhere;
    min-width: 7rem;
  }
  .pick {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    min-height: 36px;
    min-width: 36px;
    cursor: pointer;
  }
  .pick input {
    width: 18px;
    height: 18px;
    accent-color: var(--lab-accent);
    cursor: pointer;
  }
  .pick svg {
    width: 24px;
    height: 10px;
    flex: none;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  .chips span {
    background: var(--lab-accent-wash);
    color: var(--lab-accent);
    border-radius: 99px;
    padding: 1px 9px;
    overflow-wrap: anywhere;
  }
  .chips .none {
    background: none;
    color: var(--lab-ink-3);
    padding: 0;
  }
  .device {
    max-width: 9rem;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    color: var(--lab-ink-2);
  }
  time {
    white-space: nowrap;
    color: var(--lab-ink-2);
  }
  .actions {
    white-space: nowrap;
    text-align: right;
    padding-right: 0;
  }
  .icon {
    border: 0;
    background: none;
    border-radius: 6px;
    width: 34px;
    height: 34px;
    padding: 9px;
    color: var(--lab-ink-2);
    vertical-align: middle;
  }
  .icon:hover {
    background: var(--lab-line);
    color: var(--lab-ink);
  }
  .icon svg {
    display: block;
    width: 16px;
    height: 16px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.6;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .empty {
    margin: 0;
    color: var(--lab-ink-2);
  }
  .note {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: center;
    border-left: 3px solid var(--lab-unsure);
    background: var(--lab-wash);
    border-radius: 0 8px 8px 0;
    padding: 4px 12px;
    margin: 0 0 8px;
    min-height: 40px;
  }
  .note[data-kind='bad'] {
    border-color: var(--lab-refute);
    display: block;
    padding: 8px 12px;
  }
  .note ul {
    margin: 4px 0 0;
    padding-left: 1.2em;
    max-height: 8rem;
    overflow: auto;
  }
  .link {
    border: 0;
    background: none;
    padding: 4px 2px;
    min-height: 32px;
    color: var(--lab-accent);
    text-decoration: underline;
    text-underline-offset: 0.18em;
  }
  @media (pointer: coarse) {
    .icon {
      width: 44px;
      height: 44px;
      padding: 14px;
    }
  }
  /* On a phone each run is a card: the heads of the columns stand before its values. */
  @container (max-width: 640px) {
    .sorting {
      display: flex;
      width: 100%;
    }
    thead {
      position: absolute;
      clip-path: inset(50%);
      width: 1px;
      height: 1px;
      overflow: hidden;
    }
    table,
    tbody {
      display: block;
    }
    tbody tr {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr) auto;
      gap: 0 8px;
      padding: 6px 0;
      border-bottom: 1px solid var(--lab-line);
    }
    tbody tr:hover {
      background: none;
    }
    tbody th,
    tbody td {
      border: 0;
      padding: 2px 0;
    }
    tbody th {
      align-self: center;
    }
    td[data-label] {
      grid-column: 1 / -1;
      display: grid;
      grid-template-columns: 40% minmax(0, 1fr);
      gap: 10px;
      text-align: left;
    }
    td[data-label]::before {
      content: attr(data-label);
      color: var(--lab-ink-2);
    }
    td.actions {
      grid-row: 1;
      grid-column: 3;
    }
    .device {
      max-width: none;
      white-space: normal;
    }
  }
`;
