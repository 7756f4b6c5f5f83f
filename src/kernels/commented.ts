/**
 * Kernels for people. The builds take the comments out of shaders; those that lesson `kernels` shows have them back here,
 * and are compiled with them, so that what is shown is what ran. Loaded by what shows kernels.
 */
import type { Dispatch } from '../gpu/kernel.ts';
import { withoutComments } from '../gpu/wgsl.ts';

/** No adapter of a browser has the subgroups of 8 threads that other shaders are for. */
const SHOWN = import.meta.glob<string>(
  [
    '../../shaders/activation.wgsl',
    '../../shaders/attention_{forward,forward_register,lane_vec4,register,tile}.wgsl',
    '../../shaders/matmul_{a_vec4,a_vec4_broadcast,b_vec4,y_vec4}.wgsl',
    '../../shaders/matmul_{block,epilogue,naive,one_part,quad,register,rows_plain,tiled}.wgsl',
  ],
  { query: '?raw&comments', import: 'default', eager: true },
);

/** The files' texts by their names, without `.wgsl`. */
export const COMMENTED: ReadonlyMap<string, string> = new Map(
  Object.entries(SHOWN).map(([path, text]) => [/(\w+)\.wgsl/.exec(path)![1]!, text]),
);

const byCode = new Map([...COMMENTED.values()].map((text) => [withoutComments(text), text]));

/** The same dispatch with its comments, where the build has taken them out. */
export function commented(dispatch: Dispatch): Dispatch {
  const code = dispatch.kernel.code.map((part) => byCode.get(part) ?? part);
  return { ...dispatch, kernel: { ...dispatch.kernel, code } };
}
