/** Copies a tensor, to half precision too; `bench` measures with it what memory and dispatches cost on a device. */
import { read, write, type Dispatch } from '../gpu/kernel.ts';
import { size, type Tensor } from '../gpu/tensor.ts';
import { work } from '../cpu/work.ts';
import copyCode from '../../shaders/copy.wgsl?raw';
import { expectElements } from './shapes.ts';

/** Values per workgroup, as the shader's header states. */
const PER_WORKGROUP = 1024;

/** @throws RangeError when the sizes differ or are no multiple of 4 */
export function copy({ from, to }: { from: Tensor; to: Tensor }): Dispatch {
  const elements = size(from);
  expectElements('copy', elements, to);
  if (elements % 4 !== 0 || from.replicas !== 1 || to.replicas !== 1) {
    throw new RangeError(`copy: ${elements} elements; wanted one replica and a multiple of 4.`);
  }
  return {
    kernel: { name: 'copy', code: [copyCode], constants: { N: elements } },
    bindings: [read(from), write(to)],
    workgroups: [Math.ceil(elements / PER_WORKGROUP), 1, 1],
    flops: 0,
    cpu: work('copy', from, to),
  };
}
