/** What a file that is given to a class holds: a picture of a QR code, links, or a document. Loaded with the first file. */
import { MOST_DOCUMENT_BYTES } from '../../class/pool.ts';
import { readQR } from '../../class/scan.ts';
import { LinkError } from '../../state/packed.ts';
import { pictureOf } from './scanner.ts';

/** @returns a text that has links, or the bytes of a document. @throws LinkError */
export async function contentOf(file: File): Promise<string | Uint8Array> {
  if (file.size > MOST_DOCUMENT_BYTES) {
    throw new LinkError(
      'file-too-large',
      `has ${file.size} bytes; at most ${MOST_DOCUMENT_BYTES} are read.`,
      [file.size, MOST_DOCUMENT_BYTES],
    );
  }
  if (file.type.startsWith('image/')) {
    const text = readQR(pictureOf(await createImageBitmap(file)));
    if (text === undefined) throw new LinkError('no-qr-code', 'no QR code was found in this picture.');
    return text;
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  return textOf(bytes) ?? bytes;
}

/** A file of links is ASCII; a document is none. */
function textOf(bytes: Uint8Array): string | undefined {
  return bytes.every((byte) => byte >= 9 && byte < 127 && (byte >= 32 || byte <= 13))
    ? new TextDecoder().decode(bytes)
    : undefined;
}
