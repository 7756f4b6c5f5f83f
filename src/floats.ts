/** Numbers as text that JSON and databases keep whole: base64 of 32-bit floats, least significant byte first. */

/** Bytes that are turned into signs at a time: more arguments than this a call does not take everywhere. */
const PIECE = 8192;

export function encodeFloats(values: Float32Array<ArrayBuffer>): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  let signs = '';
  for (let at = 0; at < bytes.length; at += PIECE)
    signs += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(signs);
}

/** @throws where the text is no base64, or no whole number of floats */
export function decodeFloats(text: string): Float32Array<ArrayBuffer> {
  return new Float32Array(Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)).buffer);
}
