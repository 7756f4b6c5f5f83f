import { describe, expect, it } from 'vitest';
import { decodeText } from '../src/text-file.ts';

const ENGLISH = 'N,loss\n1e6,3.2\n2e6,2.9\n';
const CHINESE = '今天的天气很好，我们一起去公园里走了走。他说这个地方他来过，可是不是在这个时候。\n'.repeat(
  3,
);

function utf16(text: string, littleEndian: boolean, mark: boolean): Uint8Array {
  const units = mark ? `\ufeff${text}` : text;
  const view = new DataView(new ArrayBuffer(2 * units.length));
  for (let i = 0; i < units.length; i++) view.setUint16(2 * i, units.charCodeAt(i), littleEndian);
  return new Uint8Array(view.buffer);
}

/** The two bytes of a character by the decoder's own table: there is no encoder for GBK. */
function gbk(text: string): Uint8Array {
  const decoder = new TextDecoder('gb18030');
  const table = new Map<string, [number, number]>();
  for (let a = 0xa1; a < 0xf8; a++) {
    for (let b = 0xa1; b < 0xff; b++) table.set(decoder.decode(Uint8Array.of(a, b)), [a, b]);
  }
  return Uint8Array.from(Array.from(text).flatMap((c) => table.get(c) ?? [c.charCodeAt(0)]));
}

describe('the text of a file', () => {
  it.each([ENGLISH, CHINESE, 'Ünïcode – “quotes”, a rose 🌹 \n'.repeat(3)])(
    'UTF-8 and UTF-16, with and without a mark: %#',
    (text) => {
      const utf8 = new TextEncoder().encode(text);
      expect(decodeText(utf8)).toEqual({ text, encoding: 'UTF-8' });
      expect(decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8))).toEqual({ text, encoding: 'UTF-8' });
      for (const littleEndian of [true, false]) {
        expect(decodeText(utf16(text, littleEndian, true))).toEqual({ text, encoding: 'UTF-16' });
        if (text.includes('🌹')) continue;
        expect(decodeText(utf16(text, littleEndian, false))).toEqual({ text, encoding: 'UTF-16' });
      }
    },
  );

  it('Chinese in GBK', () => {
    expect(decodeText(gbk(CHINESE))).toEqual({ text: CHINESE, encoding: 'GBK' });
  });

  it('a table of numbers with short headers in GBK', () => {
    const table = '参数量,损失\n1000000,5.35\n4000000,3.98\n';
    expect(decodeText(gbk(table))).toEqual({ text: table, encoding: 'GBK' });
    for (const latin of ['größe,verlust\n', 'taille,précision,école\n', 'año,pérdida,tamaño\n'])
      expect(decodeText(Uint8Array.from(latin, (c) => c.charCodeAt(0)))).toBeUndefined();
  });

  it.each(['N,loss\0\n', 'N,loss\n1e6,3\0\n2e6,2\n', '\0N,loss\n', 'ab\0\0cd\n\0ef,'])(
    'is none where a NUL stands in letters, which are not those of UTF-16: %j',
    (text) => expect(decodeText(new TextEncoder().encode(text))).toBeUndefined(),
  );

  it('drops a character that is cut off', () => {
    const bytes = new TextEncoder().encode('roses 🌹');
    expect(decodeText(bytes.subarray(0, -1))?.text).toBe('roses ');
  });

  it.each([
    ['Latin-1', Uint8Array.from('Le café était fermé à Noël, ça déçoit. '.repeat(5), (c) => c.charCodeAt(0))],
    [
      'Korean in EUC-KR',
      Uint8Array.from({ length: 400 }, (_, i) => (i % 2 ? 0xa1 + ((i * 37) % 90) : 0xb0 + ((i * 11) % 24))),
    ],
    [
      'a picture',
      Uint8Array.of(
        0x89,
        0x50,
        0x4e,
        0x47,
        13,
        10,
        26,
        10,
        0,
        0,
        0,
        13,
        0x49,
        0x48,
        0x44,
        0x52,
        0,
        0,
        3,
        255,
      ),
    ],
    ['random bytes', Uint8Array.from({ length: 5000 }, (_, i) => (i * i * 7919 + 31 * i) >> 3)],
  ])('is refused: %s', (_, bytes) => {
    expect(decodeText(bytes)).toBeUndefined();
  });

  it('an empty file is an empty text', () => {
    expect(decodeText(new Uint8Array())).toEqual({ text: '', encoding: 'UTF-8' });
  });
});

it('UTF-32, whose mark begins with that of UTF-16, is no text', () => {
  const letters = Array.from('N,loss', (sign) => [sign.charCodeAt(0), 0, 0, 0]);
  expect(decodeText(Uint8Array.from([0xff, 0xfe, 0, 0, ...letters.flat()]))).toBeUndefined();
});
