/**
 * The safetensors format: 8 bytes with the header's length, a JSON header, the data.
 * Source: https://github.com/huggingface/safetensors#format
 */

export interface NamedTensor {
  shape: readonly number[];
  values: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;
}

export interface SafetensorsFile {
  tensors: Map<string, NamedTensor>;
  metadata: Record<string, string>;
}

interface Entry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

/** A file that is not safetensors, or holds what this project does not write; the message says where. */
export class SafetensorsError extends Error {
  override name = 'SafetensorsError';
}

/** Most bytes of a header that are believed; the reference implementation has the same bound. */
const MOST_HEADER_BYTES = 100_000_000;

export function encodeSafetensors({ tensors, metadata }: SafetensorsFile): Uint8Array<ArrayBuffer> {
  const header: Record<string, Entry | Record<string, string>> = { __metadata__: metadata };
  let offset = 0;
  for (const [name, { shape, values }] of tensors) {
    const end = offset + values.byteLength;
    header[name] = {
      dtype: values instanceof Int32Array ? 'I32' : 'F32',
      shape: [...shape],
      data_offsets: [offset, end],
    };
    offset = end;
  }
  const text = JSON.stringify(header);
  // Padded with spaces, so that the data starts at a multiple of 8.
  const json = new TextEncoder().encode(text);
  const headerLength = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(8 + headerLength + offset);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true);
  file.fill(0x20, 8, 8 + headerLength);
  file.set(json, 8);
  let at = 8 + headerLength;
  for (const { values } of tensors.values()) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return file;
}

/** @throws SafetensorsError */
export function decodeSafetensors(file: Uint8Array): SafetensorsFile {
  if (file.length < 8)
    throw new SafetensorsError(`The file has ${file.length} bytes; safetensors begins with 8.`);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const headerLength = Number(view.getBigUint64(0, true));
  if (headerLength > MOST_HEADER_BYTES || 8 + headerLength > file.length) {
    throw new SafetensorsError(
      `The header claims ${headerLength} bytes; the file has ${file.length} in all.`,
    );
  }
  const header = parseHeader(file.subarray(8, 8 + headerLength));
  const { __metadata__: metadata = {}, ...entries } = header;
  const data = file.subarray(8 + headerLength);
  const tensors = new Map<string, NamedTensor>();
  for (const [name, entry] of Object.entries(entries)) {
    tensors.set(name, decodeTensor(name, entry as Entry, data));
  }
  return { tensors, metadata: metadata as Record<string, string> };
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof header === 'object' && header !== null) return header as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new SafetensorsError('The header is not a JSON object: this is no safetensors file.');
}

function decodeTensor(name: string, entry: Partial<Entry>, data: Uint8Array): NamedTensor {
  const { dtype, shape, data_offsets: offsets } = entry;
  if (dtype !== 'F32' && dtype !== 'I32') {
    throw new SafetensorsError(`${name} has type ${String(dtype)}; F32 and I32 are understood.`);
  }
  const count = Array.isArray(shape) ? shape.reduce((product, n) => product * n, 1) : NaN;
  const [start, end] = offsets ?? [NaN, NaN];
  if (!(start >= 0 && end <= data.length && end - start === count * 4)) {
    throw new SafetensorsError(
      `${name}: shape [${String(shape)}] and bytes ${start} to ${end} do not agree.`,
    );
  }
  // A copy, aligned. Not by `data.slice`: Node's Buffer shares its memory there.
  const { buffer } = new Uint8Array(data.subarray(start, end));
  return { shape: shape!, values: dtype === 'F32' ? new Float32Array(buffer) : new Int32Array(buffer) };
}
