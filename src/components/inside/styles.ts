/** How the pictures of the inside look. */
import { css } from 'lit';

export const styles = css`
  :host {
    container-type: inline-size;
  }
  h3 {
    margin: 0;
    font-size: var(--lab-step-0);
  }
  .look {
    margin: 6px 0 12px;
    font-size: var(--lab-step--1);
    line-height: 1.5;
    color: var(--lab-ink-2);
    text-wrap: pretty;
  }
  figure {
    margin: 0;
  }
  .panels {
    display: grid;
    gap: 12px 16px;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 7rem), 1fr));
  }
  .panels.of-bars {
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 12.5rem), 1fr));
  }
  .panels.of-lines {
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 12rem), 1fr));
  }
  .panel {
    min-width: 0;
  }
  .panel > p {
    margin: 4px 0 0;
    font-size: var(--lab-step--1);
    color: var(--lab-ink-2);
    text-align: center;
    font-variant-numeric: tabular-nums;
  }
  .panel p span {
    display: block;
  }
  .panel p b {
    color: var(--lab-ink);
  }
  svg {
    display: block;
    width: 100%;
    height: auto;
    overflow: visible;
  }
  .ring {
    fill: none;
    stroke: var(--lab-line-2);
  }
  .thumb .ring {
    stroke: none;
  }
  .point {
    transition: transform 0.16s linear;
  }
  .thumb .point {
    transition: none;
  }
  .point circle {
    stroke: var(--lab-card);
    stroke-width: 0.8;
  }
  .control .point circle {
    opacity: 0.75;
  }
  .point.marked circle {
    stroke: var(--lab-ink);
    stroke-width: 2.4;
    opacity: 1;
  }
  .point text {
    font-size: 8px;
    fill: var(--lab-ink-2);
    paint-order: stroke;
    stroke: var(--lab-card);
    stroke-width: 2px;
  }
  .point.marked text {
    font-size: 12px;
    font-weight: 700;
    fill: var(--lab-ink);
  }
  .grid {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 2px 4px;
  }
  .grid lab-inside-grid {
    grid-column: 2;
    grid-row: 1;
    aspect-ratio: var(--lab-inside-ratio, 1);
    border-radius: 4px;
    overflow: hidden;
  }
  .rownames,
  .columnnames {
    display: flex;
    font-size: 0.6875rem;
    color: var(--lab-ink-2);
    font-variant-numeric: tabular-nums;
  }
  .rownames {
    grid-column: 1;
    grid-row: 1;
    flex-direction: column;
    text-align: right;
  }
  .columnnames {
    grid-column: 2;
  }
  .rownames span,
  .columnnames span {
    flex: 1 1 0;
    min-width: 0;
    min-height: 0;
    display: grid;
    align-content: center;
  }
  .columnnames span {
    text-align: center;
  }
  .bars {
    display: flex;
    gap: 3px;
  }
  .bar {
    flex: 1 1 0;
    min-width: 0;
    display: grid;
    grid-template-rows: 8rem auto;
  }
  .bar i {
    align-self: end;
    background: var(--lab-c3);
    border-radius: 3px 3px 0 0;
    transition: height 0.16s linear;
  }
  .bars:has(.marked) .bar i {
    background: var(--lab-ink-3);
  }
  .bars:has(.marked) .marked i {
    background: var(--lab-accent);
  }
  .control .bar i {
    opacity: 0.6;
  }
  .bar span {
    border-top: 1px solid var(--lab-line-2);
    font-size: 0.6875rem;
    text-align: center;
    color: var(--lab-ink-2);
    overflow: hidden;
    min-height: 1.3em;
  }
  .lines .given {
    fill: var(--lab-ink-3);
    opacity: 0.6;
  }
  .curve {
    fill: none;
    stroke: var(--lab-c3);
    stroke-width: calc(1.8px * var(--lab-line-weight, 1));
    stroke-linejoin: round;
  }
  .curve.reference {
    stroke: var(--lab-ink-3);
    stroke-width: 1px;
    stroke-dasharray: 3 3;
  }
  .film {
    display: grid;
    grid-template-columns: repeat(6, 1fr);
    gap: 4px;
    margin-top: 10px;
  }
  .film button {
    display: grid;
    gap: 4px;
    padding: 4px 2px;
    border: 1px solid transparent;
    border-radius: 8px;
    background: none;
    min-width: 0;
  }
  .film button:hover {
    background: var(--lab-wash);
  }
  .film button[aria-pressed='true'] {
    background: var(--lab-accent-wash);
    border-color: var(--lab-accent);
  }
  .film span {
    font-size: 0.6875rem;
    color: var(--lab-ink-3);
    font-variant-numeric: tabular-nums;
  }
  .film button[aria-pressed='true'] span {
    color: var(--lab-ink);
  }
  .time {
    margin-top: 12px;
  }
  .track {
    /* The middle of the slider's handle at both ends. */
    padding: 0 calc(4.5rem + 8px) 0 calc(44px + 10px + 8px);
  }
  .track figcaption {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
    margin-bottom: 4px;
    font-size: 0.75rem;
    color: var(--lab-ink-2);
    font-variant-numeric: tabular-nums;
  }
  .track svg {
    height: 64px;
  }
  .track polyline {
    fill: none;
    stroke: var(--lab-c3);
    stroke-width: calc(2px * var(--lab-line-weight, 1));
    vector-effect: non-scaling-stroke;
  }
  .track polyline.control {
    stroke: var(--lab-c5);
    stroke-dasharray: 5 3;
  }
  .track line {
    vector-effect: non-scaling-stroke;
  }
  .track .ground {
    stroke: var(--lab-line);
  }
  .track .cursor {
    stroke: var(--lab-ink);
  }
  .key b {
    color: var(--lab-c3);
    color: color-mix(in srgb, var(--lab-c3) 70%, var(--lab-ink));
  }
  .key.control b {
    color: color-mix(in srgb, var(--lab-c5) 80%, var(--lab-ink));
  }
  .slider {
    display: flex;
    align-items: center;
    gap: 10px;
  }
  .play {
    flex: none;
    width: 44px;
    height: 44px;
    padding: 10px;
    border: 0;
    border-radius: 50%;
    background: var(--lab-accent);
    color: var(--lab-accent-ink);
  }
  .play path {
    fill: currentColor;
  }
  input {
    flex: 1 1 auto;
    min-width: 0;
    margin: 0;
    accent-color: var(--lab-accent);
    min-height: 44px;
  }
  output {
    flex: none;
    width: 4.5rem;
    font-size: 0.75rem;
    line-height: 1.3;
    color: var(--lab-ink-2);
    font-variant-numeric: tabular-nums;
  }
  details,
  .caption {
    margin: 8px 0 0;
    font-size: var(--lab-step--1);
    color: var(--lab-ink-2);
  }
  details p {
    margin: 4px 0 0;
  }
  @media (prefers-reduced-motion: reduce) {
    .point,
    .bar i {
      transition: none;
    }
  }
`;
