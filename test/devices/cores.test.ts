import { expect, it } from 'vitest';
import { coresOn } from '../../src/devices/cores.ts';
import type { Room } from '../../src/devices/facts.ts';

const desk: Room = { system: 'windows', mobile: false };
const phone: Room = { system: 'android', mobile: true };

it.each([
  ['a desk with many', desk, 16, 4],
  ['a desk with two', desk, 2, 2],
  ['one that does not say', desk, undefined, 1],
  ['one of 8 GB', { ...desk, memory: 8 }, 8, 4],
  ['one of 2 GB', { ...desk, memory: 2 }, 8, 2],
  ['one of half a GB', { ...desk, memory: 0.5 }, 8, 1],
  ['a telephone', phone, 8, 2],
  ['a telephone of 1 GB', { ...phone, memory: 1 }, 8, 1],
])('%s trains on as many cores as it has room for', (_, room, hardware, cores) => {
  expect(coresOn(room, hardware)).toBe(cores);
  expect(coresOn(room, hardware, 'many')).toBe(cores);
  expect(coresOn(room, hardware, 'one')).toBe(1);
});
