import { describe, expect, it } from 'vitest';
import { type Offered, order, type Wanted, wantedIn } from '../../src/devices/choice.ts';

const core: Offered = { kind: 'core', software: false };
const compatibility: Offered = { kind: 'compatibility', software: false };
const softCore: Offered = { ...core, software: true };
const softCompatibility: Offered = { ...compatibility, software: true };

describe('the order in which devices are tried', () => {
  it.each<[string, Offered[], Wanted, string]>([
    // What is joined by + is measured; the rest is for where what comes before fails.
    ['graphics', [core], 'auto', 'core, cpu'],
    ['graphics with the mode, too', [core, compatibility], 'auto', 'core, compatibility, cpu'],
    ['older graphics', [compatibility], 'auto', 'compatibility, cpu'],
    ['older graphics beside a software core', [softCore, compatibility], 'auto', 'compatibility, cpu+core'],
    ['a software adapter', [softCore], 'auto', 'cpu+core'],
    ['a software adapter in both modes', [softCore, softCompatibility], 'auto', 'cpu+core'],
    ['a software adapter in the mode', [softCompatibility], 'auto', 'cpu+compatibility'],
    ['nothing', [], 'auto', 'cpu'],
    ['graphics', [core], 'gpu', 'core, cpu'],
    ['a software adapter', [softCore], 'gpu', 'core, cpu'],
    ['nothing', [], 'gpu', 'cpu'],
    ['graphics with the mode, too', [core, compatibility], 'compat', 'compatibility, core, cpu'],
    ['a software adapter in both modes', [softCore, softCompatibility], 'compat', 'compatibility, cpu+core'],
    ['graphics without the mode', [core], 'compat', 'core, cpu'],
    ['graphics', [core], 'cpu', 'cpu, core'],
    ['a software adapter', [softCore], 'cpu', 'cpu, core'],
    ['nothing', [], 'cpu', 'cpu'],
  ])('%s, %j, wanted %s: %s', (_, offered, wanted, expected) => {
    expect(
      order(offered, wanted)
        .map((group) => group.join('+'))
        .join(', '),
    ).toBe(expected);
  });
});

it.each([
  ['cpu', 'cpu'],
  ['compat', 'compat'],
  ['gpu', 'gpu'],
  ['auto', 'auto'],
  ['CPU', undefined],
  ['', undefined],
  [null, undefined],
  [undefined, undefined],
])('the wish %j is %s', (text, expected) => {
  expect(wantedIn(text)).toBe(expected);
});
