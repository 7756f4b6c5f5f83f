/**
 * The text of a file as people have them: UTF-8 or UTF-16 with or without a byte order mark, or Chinese in GBK. Anything else is
 * refused, since a guess would give other characters without a word.
 */

export type Encoding = 'UTF-8' | 'UTF-16' | 'GBK';

export interface DecodedText {
  text: string;
  encoding: Encoding;
}

/** The text without its mark, or undefined where the bytes are none. A character that is cut off at the end is dropped. */
export function decodeText(bytes: Uint8Array): DecodedText | undefined {
  const [a, b, c] = bytes;
  // The mark of UTF-32 begins with that of UTF-16.
  if (a === 0xff && b === 0xfe && bytes.length > 3 && c === 0 && bytes[3] === 0) return undefined;
  if (a === 0xff && b === 0xfe) return named('UTF-16', decode(bytes, 'utf-16le'));
  if (a === 0xfe && b === 0xff) return named('UTF-16', decode(bytes, 'utf-16be'));
  const utf8 = decode(bytes, 'utf-8');
  if (a === 0xef && b === 0xbb && c === 0xbf) return named('UTF-8', utf8);
  // NUL is a character of UTF-8, but no text has it; every other byte is one where Latin letters are in UTF-16.
  if (utf8 !== undefined && !bytes.includes(0)) return named('UTF-8', utf8);
  if (utf8 !== undefined && bytes.filter((byte) => byte === 0).length < bytes.length / 4) return undefined;
  return named('UTF-16', unmarkedUtf16(bytes)) ?? named('GBK', gbk(bytes));
}

const named = (encoding: Encoding, text: string | undefined): DecodedText | undefined =>
  text === undefined ? undefined : { text, encoding };

function decode(bytes: Uint8Array, label: string): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}

/** Bytes that are looked at to tell what they are. */
const SAMPLE = 100_000;

/** Letters, digits and signs that texts are made of, in the scripts most written. */
const ORDINARY =
  /[\t\n\r\u0020-\u007e\u00a0-\u024f\u0370-\u05ff\u0600-\u06ff\u0900-\u097f\u0e00-\u0e7f\u2010-\u203a\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e]/g;
const ordinaryShare = (text: string): number => (text.match(ORDINARY)?.length ?? 0) / text.length;

/** In the right order of bytes nearly all is ordinary; in the other one, spaces and line breaks at least are not. */
function unmarkedUtf16(bytes: Uint8Array): string | undefined {
  if (bytes.length < 4) return undefined;
  const orders = ['utf-16le', 'utf-16be'].map((label) => {
    const start = decode(bytes.subarray(0, SAMPLE), label);
    const commonSigns = start?.match(/[\t\n\r ,.\u3001\u3002\uff0c]/g)?.length ?? 0;
    return { label, share: start === undefined ? 0 : ordinaryShare(start), commonSigns };
  });
  const [best, other] = orders.sort((a, b) => b.share - a.share) as [
    (typeof orders)[number],
    (typeof orders)[number],
  ];
  const clear = best.share > 0.98 && best.commonSigns > 0 && other.share < 0.9;
  return clear ? decode(bytes, best.label) : undefined;
}

/** The commonest characters of Chinese: a fifth of most texts, but a hundredth of what other encodings give when read as GBK. */
const COMMON_CHINESE =
  /[的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里]/g;

/** And those of tables of runs: their headers are too short for the commonest characters of texts. */
const FIELD_CHINESE =
  /[参数损失算力量据模型训练步大小计规批次学习率验证集测试准确误差精度编号名称序时间宽深层熵困惑令牌样本浮点运总组]/g;

function gbk(bytes: Uint8Array): string | undefined {
  const start = decode(bytes.subarray(0, SAMPLE), 'gb18030');
  if (start === undefined) return undefined;
  const ideographs = start.match(/[\u4e00-\u9fff]/g)?.length ?? 0;
  const foreign = start.match(/[^\t\n\r\u0020-\u007e]/g)?.length ?? 0;
  const common = start.match(COMMON_CHINESE)?.length ?? 0;
  const ofTables = start.match(FIELD_CHINESE)?.length ?? 0;
  const isText = ideographs >= 20 && common > 0.08 * ideographs;
  const isTable = ideographs >= 2 && ofTables > 0.6 * ideographs;
  return (isText || isTable) && ideographs > 0.7 * foreign ? decode(bytes, 'gb18030') : undefined;
}
