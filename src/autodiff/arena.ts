/**
 * The arena of a model's parameters: one buffer [R, P] for the values and one for the gradients, so that one
 * dispatch of the optimizer updates everything and replica r's model is one contiguous slice.
 */
import type { Device } from '../gpu/device.ts';
import {
  align,
  ALIGNMENT,
  free,
  materialise,
  size,
  upload,
  virtualTensor,
  type Storage,
  type Tensor,
} from '../gpu/tensor.ts';

/** A parameter as a model declares it. */
export interface ParameterSpec {
  /** as in GPT-2, e.g. `h.0.attn.c_attn.weight` */
  name: string;
  /** matrices are [out, in], as `nn.Linear` stores them */
  shape: readonly number[];
  /** initial values: normal with this standard deviation, or a constant */
  initial: { sigma: number } | { value: number };
  /** a matrix between two hidden layers, neither the model's input nor its output: what Muon is for */
  hidden?: boolean;
}

/** A trainable tensor and where its gradient goes. */
export interface Parameter {
  name: string;
  value: Tensor;
  gradient: Tensor;
}

/** Where a parameter lies in each replica's slice. */
export interface Slot {
  name: string;
  shape: readonly number[];
  /** first element within the slice, a multiple of ALIGNMENT */
  offset: number;
}

/** Slots in the order of the specs, each at an offset that a binding may start at, and the slice's length P. */
export function layout(specs: readonly ParameterSpec[]): { slots: Slot[]; length: number } {
  let length = 0;
  const slots = specs.map(({ name, shape }) => {
    const slot = { name, shape, offset: length };
    length += align(size({ shape }));
    return slot;
  });
  return { slots, length };
}

/** Weight decay spares vectors (biases, gains), as nanoGPT does. */
export function isDecayed(shape: readonly number[]): boolean {
  return shape.length >= 2;
}

/** Number of trainable scalars, without the padding between them. */
export function countParameters(specs: readonly ParameterSpec[]): number {
  return specs.reduce((sum, spec) => sum + size(spec), 0);
}

/** Memory is asked for by `allocate`: until then an arena is a plan that costs nothing. */
export class Arena {
  /** [R][P] */
  readonly values: Tensor;
  /** [R][P] */
  readonly gradients: Tensor;
  /** per block of ALIGNMENT elements of P: 1 where weight decay applies, else 0; shared by the replicas */
  readonly decay: Tensor;
  /** per block likewise: 1 where the parameter is a hidden matrix, else 0 */
  readonly hidden: Tensor;
  readonly slots: readonly Slot[];
  private readonly parameters = new Map<string, Parameter>();

  constructor(
    readonly specs: readonly ParameterSpec[],
    readonly replicas: number,
  ) {
    const { slots, length } = layout(specs);
    this.slots = slots;
    this.values = virtualTensor('parameters', [length], replicas);
    this.gradients = virtualTensor('gradients', [length], replicas);
    for (const { name, shape, offset } of slots) {
      const view = { offset, shape, replicas, stride: length };
      this.parameters.set(name, {
        name,
        value: { ...view, storage: this.values.storage },
        gradient: { ...view, storage: this.gradients.storage },
      });
    }
    const mask = (label: string): Tensor => ({
      ...virtualTensor(label, [length / ALIGNMENT], 1),
      replicas,
      stride: 0,
    });
    this.decay = mask('weight decay mask');
    this.hidden = mask('hidden matrix mask');
  }

  get storages(): Storage[] {
    return [this.values, this.gradients, this.decay, this.hidden].map(({ storage }) => storage);
  }

  allocate(device: Device): void {
    for (const storage of this.storages) materialise(device, storage);
    const decayed = this.mask(({ shape }) => isDecayed(shape));
    const hidden = this.mask((spec) => spec.hidden ?? false);
    upload(device, this.decay.storage, decayed);
    upload(device, this.hidden.storage, hidden);
  }

  /** 1 in the blocks of the parameters that are chosen, 0 in the others. */
  private mask(isChosen: (spec: ParameterSpec) => boolean): Float32Array<ArrayBuffer> {
    const blocks = new Float32Array(this.length / ALIGNMENT);
    this.specs.forEach((spec, i) => {
      const first = this.slots[i]!.offset / ALIGNMENT;
      blocks.fill(isChosen(spec) ? 1 : 0, first, first + align(size(spec)) / ALIGNMENT);
    });
    return blocks;
  }

  /** Elements of one replica's slice, padding included. */
  get length(): number {
    return this.values.stride;
  }

  /** @throws Error when the model has no such parameter */
  get(name: string): Parameter {
    const parameter = this.parameters.get(name);
    if (!parameter)
      throw new Error(
        `The model has no parameter ${name}; it has ${[...this.parameters.keys()].join(', ')}.`,
      );
    return parameter;
  }

  /** One replica's slice as named arrays (views of it). */
  unpack(
    slice: Float32Array<ArrayBuffer>,
  ): Map<string, { shape: readonly number[]; values: Float32Array<ArrayBuffer> }> {
    return new Map(
      this.slots.map(({ name, shape, offset }) => [
        name,
        { shape, values: slice.subarray(offset, offset + size({ shape })) },
      ]),
    );
  }

  free(device: Device): void {
    for (const storage of this.storages) free(device, storage);
  }
}
