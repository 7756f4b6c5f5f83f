/** Half precision: who has it, and the weights that a model computes with. */
import type { Arena, Parameter, Tape } from '../../autodiff/index.ts';
import type { Device } from '../../gpu/device.ts';
import { virtualTensor } from '../../gpu/tensor.ts';
import { copy } from '../../kernels/copy.ts';
import type { RunSpec } from '../spec/spec.ts';

/** Whether shaders have f16 on a device; builds that leave this module out have it nowhere. */
export function hasHalf(device: Device): boolean {
  return device.has('shader-f16');
}

/** The parameters that a model computes with: the arena's or, in half precision, copies of them made by each run. */
export function computed(tape: Tape, { precision }: RunSpec, arena: Arena): (name: string) => Parameter {
  if (precision === 'f32') return (name) => arena.get(name);
  const { values, replicas, length, slots } = arena;
  const halves = virtualTensor('parameters in half precision', [length], replicas, true);
  const all = { shape: [replicas * length], replicas: 1, stride: replicas * length };
  tape.emit(copy({ from: { ...values, ...all }, to: { ...halves, ...all }, threads: tape.threads }));
  const copies = new Map(
    slots.map(({ name }) => {
      const parameter = arena.get(name);
      return [name, { ...parameter, value: { ...parameter.value, storage: halves.storage } }];
    }),
  );
  return (name) => copies.get(name)!;
}
