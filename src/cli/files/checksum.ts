/**
 * Checksums that lie in the files that they are of: a JSON object's last key, a safetensors file's metadata. Both
 * formats stay what they are for other programs, and older files, which have none, are still read.
 */
import { createHash } from 'node:crypto';
import { DamagedError } from './damaged.ts';

const DIGITS = 64;
const NONE = '0'.repeat(DIGITS);
const KEY = '"checksum":"';

/** Adds the checksum to a JSON object that comes in pieces without its closing bracket. */
export function* sealJson(open: Iterable<string>): Generator<string> {
  const hash = createHash('sha256');
  for (const piece of open) {
    hash.update(piece);
    yield piece;
  }
  yield `,${KEY}${hash.digest('hex')}"}\n`;
}

const JSON_SEAL = new RegExp(`^,${KEY}([0-9a-f]{${DIGITS}})"}\\n$`);
const JSON_SEAL_BYTES = KEY.length + DIGITS + 4;

/** Follows a JSON file that is read in pieces, all but its end, and says whether the checksum at its end is right. */
export class JsonSeal {
  private readonly hash = createHash('sha256');
  /** the last bytes so far */
  private tail = Buffer.alloc(0);

  update(piece: Uint8Array): void {
    const all = Buffer.concat([this.tail, piece]);
    const known = Math.max(0, all.length - JSON_SEAL_BYTES);
    this.hash.update(all.subarray(0, known));
    this.tail = all.subarray(known);
  }

  /** @throws DamagedError where there is a checksum and it is another */
  check(): void {
    const [, digits] = JSON_SEAL.exec(this.tail.toString('latin1')) ?? [];
    if (digits !== undefined && digits !== this.hash.digest('hex'))
      throw new DamagedError('its checksum is wrong');
  }
}

/** A safetensors file with a checksum of all else in its metadata. */
export function sealSafetensors(file: Uint8Array): Uint8Array<ArrayBuffer> {
  const { header, data } = splitSafetensors(file);
  const { __metadata__: metadata, ...tensors } = JSON.parse(header) as Record<string, object>;
  const json = Buffer.from(JSON.stringify({ __metadata__: { checksum: NONE, ...metadata }, ...tensors }));
  // Padded with spaces, so that the data starts at a multiple of 8.
  const length = Math.ceil(json.length / 8) * 8;
  const sealed = new Uint8Array(8 + length + data.length).fill(0x20, 8, 8 + length);
  new DataView(sealed.buffer).setBigUint64(0, BigInt(length), true);
  sealed.set(json, 8);
  sealed.set(data, 8 + length);
  const digits = createHash('sha256').update(sealed).digest('hex');
  sealed.set(Buffer.from(digits), placeOfDigits(sealed));
  return sealed;
}

/** @throws DamagedError where there is a checksum and it is another */
export function checkSafetensors(file: Uint8Array): void {
  const at = placeOfDigits(file);
  if (at < 0) return;
  const digits = Buffer.from(file.subarray(at, at + DIGITS)).toString('latin1');
  const hash = createHash('sha256')
    .update(file.subarray(0, at))
    .update(NONE)
    .update(file.subarray(at + DIGITS));
  if (hash.digest('hex') !== digits) throw new DamagedError('its checksum is wrong');
}

/** Where the digits begin; below 0 where there is no checksum. It is the first entry, where none of ours can stand before. */
function placeOfDigits(file: Uint8Array): number {
  const start = `{"__metadata__":{${KEY}`;
  const isSealed = Buffer.from(file.subarray(8, 8 + start.length)).toString('latin1') === start;
  return isSealed && file.length >= 8 + start.length + DIGITS ? 8 + start.length : -1;
}

function splitSafetensors(file: Uint8Array): { header: string; data: Uint8Array } {
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const header = Buffer.from(file.subarray(8, 8 + length)).toString('utf8');
  return { header, data: file.subarray(8 + length) };
}
