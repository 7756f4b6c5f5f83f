#!/usr/bin/env node
/**
 * `node scripts/circle.mjs`: the recorded circle of emergence-in-time as a moving picture, docs/images/circle.svg. The frames are
 * those of src/lessons/emergence-in-time/pictures.json; who wants no motion sees the last.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = new URL('../src/lessons/emergence-in-time/pictures.json', import.meta.url);
const OUT = new URL('../docs/images/circle.svg', import.meta.url);
const [SIZE, GAP, SECONDS] = [200, 30, 8];
/** Share of the time in which the last frame stands. */
const REST = 0.25;

const { pictures, device, date } = JSON.parse(readFileSync(FILE, 'utf8'));
const clock = pictures.find(({ name }) => name === 'clock');
const frames = clock.at.length;
const time = (frame) => (100 * (1 - REST) * frame) / (frames - 1);

const styles = [];
const panels = clock.panels.map(({ name, frames: all, turns, isControl }, panel) => {
  const dots = clock.points.map((_, i) => {
    const place = (frame) => {
      const [x, y] = [all[frame][2 * i], all[frame][2 * i + 1]].map((value) => (value * SIZE) / 2);
      return `transform:translate(${x.toFixed(1)}px,${(-y).toFixed(1)}px)`;
    };
    const steps = all.map((_, frame) => `${time(frame).toFixed(1)}%{${place(frame)}}`);
    const id = `${panel ? 'c' : 'd'}${i}`;
    styles.push(
      `@keyframes ${id}{${steps.join('')}100%{${place(frames - 1)}}}#${id}{${place(frames - 1)};animation-name:${id}}`,
    );
    const hue = Math.round((360 * ((turns.at(-1) * i) % clock.points.length)) / clock.points.length);
    return `<circle id="${id}" r="4.5" fill="hsl(${hue} 60% 50%)"/>`;
  });
  const left = SIZE / 2 + 10 + panel * (SIZE + GAP);
  return `<g transform="translate(${left} ${SIZE / 2 + 8})"${isControl ? ' opacity=".8"' : ''}><circle class="ring" r="${0.38 * SIZE}"/>${dots.join('')}<text y="${SIZE / 2 + 18}">${name.en}</text></g>`;
});
const counts = clock.at.map((step, frame) => {
  const [from, to] = [time(frame), frame === frames - 1 ? 100 : time(frame + 1)];
  styles.push(
    `@keyframes t${frame}{0%{opacity:0}${from.toFixed(2)}%{opacity:1}${(to - 0.01).toFixed(2)}%{opacity:1}${to.toFixed(2)}%{opacity:${to === 100 ? 1 : 0}}100%{opacity:${to === 100 ? 1 : 0}}}#t${frame}{opacity:${frame === frames - 1 ? 1 : 0};animation-name:t${frame};animation-timing-function:step-end}`,
  );
  return `<text id="t${frame}" x="${SIZE + GAP / 2 + 10}" y="${SIZE + 52}">step ${step.toLocaleString('en')}</text>`;
});

const width = 2 * SIZE + GAP + 20;
writeFileSync(
  OUT,
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${SIZE + 64}" width="${width}" height="${SIZE + 64}" role="img" aria-label="${clock.title.en}: ${clock.look.en}">
<!-- Recorded on ${device}, ${date.slice(0, 10)}: scripts/circle.mjs -->
<style>text{font:13px system-ui,sans-serif;fill:#777;text-anchor:middle}.ring{fill:none;stroke:#bbb}g circle[id],text[id]{animation:${SECONDS}s linear infinite}${styles.join('')}@media (prefers-reduced-motion:reduce){g circle[id],text[id]{animation:none!important}}</style>
${panels.join('\n')}
${counts.join('')}
</svg>
`,
);
