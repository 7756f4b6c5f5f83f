import { expect, it } from 'vitest';
import { decodeSafetensors, encodeSafetensors } from '../../src/training/results/safetensors.ts';

const file = {
  tensors: new Map([
    ['weight', { shape: [2, 3], values: new Float32Array([1, -2, 3.5, 1e-30, -0, 6]) }],
    ['tokens', { shape: [2], values: new Int32Array([-1, 7]) }],
  ]),
  metadata: { title: 'naïve „text“' },
};

it('gives back what was written, and its layout is the published one', () => {
  const bytes = encodeSafetensors(file);
  expect(decodeSafetensors(bytes)).toEqual(file);
  const headerLength = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  expect(headerLength % 8).toBe(0);
  const header: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength)));
  expect(header).toMatchObject({ weight: { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] } });
  expect(bytes).toHaveLength(8 + headerLength + 32);
});

it('reads what Node reads from a file: a Buffer, whose slices share its memory', () => {
  expect(decodeSafetensors(Buffer.from(encodeSafetensors(file)))).toEqual(file);
});

it.each([
  ['is empty', new Uint8Array(0), '0 bytes'],
  ['claims a longer header', new Uint8Array([255, 255, 0, 0, 0, 0, 0, 0, 123]), 'claims 65535 bytes'],
  ['has no JSON', new Uint8Array([4, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]), 'not a JSON object'],
  ['is cut off', encodeSafetensors(file).slice(0, -4), 'cut off'],
])('refuses a file that %s', (_, bytes, message) => {
  expect(() => decodeSafetensors(bytes)).toThrow(message);
});
