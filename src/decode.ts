/** Text files as people have them: UTF-8, or UTF-16 as some Windows programs write it, with or without a mark. */

/** @throws TypeError where the bytes are no text in either */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  // The decoder takes the mark away.
  return new TextDecoder(encoding, { fatal: true }).decode(bytes);
}
