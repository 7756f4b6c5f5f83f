/** Reads QR codes where the browser has no reader of its own. */
import decodeQR from 'qr/decode.js';

/** Pixels as a canvas gives them: RGBA, a byte each. */
export interface Picture {
  width: number;
  height: number;
  data: Uint8Array | Uint8ClampedArray;
}

/** The text of the code in a picture; undefined where none is found. */
export function readQR({ width, height, data }: Picture): string | undefined {
  try {
    return decodeQR({ width, height, data: Uint8Array.from(data) });
  } catch {
    // That is how it says that there is none: each picture of a camera without a code.
    return undefined;
  }
}
