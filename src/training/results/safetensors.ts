/**
 * The safetensors format: 8 bytes with the header's length, a JSON header, the data.
 * Source: https://github.com/huggingface/safetensors#format
 */
import { SchemaError } from '../../schema.ts';

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
export class SafetensorsError extends SchemaError {
  override name = 'SafetensorsError';
}

/** Most bytes of a header that are believed: a checkpoint's names a spec, which may hold a text of two million characters. */
const MOST_HEADER_BYTES = 2 ** 25;
const METADATA = '__metadata__';

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

/**
 * Reads a file by the format's own rules: each name once, and the tensors' bytes one behind the other, without overlap
 * or holes, to the end of the file.
 * @throws SafetensorsError
 */
export function decodeSafetensors(file: Uint8Array): SafetensorsFile {
  if (file.length < 8)
    refuse(`it has ${file.length} bytes; safetensors begins with 8 for the header's length`);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const headerLength = Number(view.getBigUint64(0, true));
  if (headerLength > MOST_HEADER_BYTES || 8 + headerLength > file.length) {
    refuse(`its header claims ${headerLength} bytes; the file has ${file.length} in all`);
  }
  const { [METADATA]: metadata = {}, ...entries } = parseHeader(file.subarray(8, 8 + headerLength));
  const data = file.subarray(8 + headerLength);
  const tensors = new Map<string, NamedTensor>();
  let end = 0;
  for (const [name, entry] of inOrder(entries)) {
    const [start, stop] = entry.data_offsets;
    if (start !== end) {
      refuse(
        `${shortened(name)} begins at byte ${start}; ${start < end ? 'others end' : 'nothing lies'} at ${end}`,
      );
    }
    if (stop > data.length)
      refuse(`it is cut off: ${shortened(name)} ends at byte ${stop}, the file at ${data.length}`);
    tensors.set(name, tensorOf(entry, data));
    end = stop;
  }
  if (end !== data.length) refuse(`it has ${data.length - end} bytes behind its last tensor`);
  return { tensors, metadata: checkedMetadata(metadata) };
}

function refuse(message: string): never {
  throw new SafetensorsError(message);
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  let header: unknown;
  let text = '';
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    header = JSON.parse(text);
  } catch {
    // Refused below, with all other headers that are no object.
  }
  if (!text.startsWith('{') || !isObject(header)) {
    return refuse('its header is not a JSON object: this is no safetensors file');
  }
  const twice = doubledKey(text);
  if (twice !== undefined) refuse(`its header has ${shortened(twice)} twice`);
  return header;
}

/** The first key that an object of a valid JSON text has twice; `JSON.parse` takes the last without a word. */
function doubledKey(text: string): string | undefined {
  // The keys so far of each object around this place; undefined for a list.
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '{') open.push(new Set());
    else if (sign === '[') open.push(undefined);
    else if (sign === '}' || sign === ']') open.pop();
    else if (sign === '"') {
      const start = at++;
      while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
      if (!/^\s*:/.test(text.slice(at + 1, at + 100))) continue;
      const key = JSON.parse(text.slice(start, at + 1)) as string;
      if (open.at(-1)!.has(key)) return key;
      open.at(-1)!.add(key);
    }
  }
  return undefined;
}

function checkedMetadata(metadata: unknown): Record<string, string> {
  if (!isObject(metadata)) return refuse(`${METADATA} must be an object of texts`);
  for (const [key, value] of Object.entries(metadata)) {
    if (typeof value !== 'string') refuse(`${METADATA}.${shortened(key)} must be a text`);
  }
  return metadata as Record<string, string>;
}

/** The entries by where their bytes lie. */
function inOrder(entries: Record<string, unknown>): [string, Entry][] {
  return Object.entries(entries)
    .map(([name, entry]): [string, Entry] => [name, checkedEntry(shortened(name), entry)])
    .sort(([, { data_offsets: a }], [, { data_offsets: b }]) => a[0] - b[0] || a[1] - b[1]);
}

function checkedEntry(name: string, entry: unknown): Entry {
  if (!isObject(entry)) return refuse(`${name} must be an object with dtype, shape and data_offsets`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (dtype !== 'F32' && dtype !== 'I32') {
    const given = typeof dtype === 'string' ? shortened(dtype) : 'no text';
    return refuse(`${name}: dtype is ${given}; F32 and I32 are understood`);
  }
  if (!isCounts(shape)) return refuse(`${name}: shape must be a list of whole numbers, none negative`);
  if (!isCounts(offsets) || offsets.length !== 2 || offsets[0]! > offsets[1]!) {
    return refuse(`${name}: data_offsets must be two whole numbers, begin and end`);
  }
  const [start, end] = offsets as [number, number];
  if (end - start !== 4 * size(shape)) {
    refuse(`${name}: shape [${shortened(shape.join(', '))}] and bytes ${start} to ${end} do not agree`);
  }
  return { dtype, shape, data_offsets: [start, end] };
}

/** A copy, aligned. Not by `data.slice`: Node's Buffer shares its memory there. */
function tensorOf({ dtype, shape, data_offsets: [start, end] }: Entry, data: Uint8Array): NamedTensor {
  const { buffer } = new Uint8Array(data.subarray(start, end));
  return { shape, values: dtype === 'F32' ? new Float32Array(buffer) : new Int32Array(buffer) };
}

const size = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

const isCounts = (list: unknown): list is number[] =>
  Array.isArray(list) && list.every((n) => Number.isSafeInteger(n) && (n as number) >= 0);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names and values of a file that may hold anything, in messages. */
function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
