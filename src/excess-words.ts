/** More than a link or a page of somebody else's may ask of a device, in English (problem-words.ts). */

export const EXCESS_PROBLEMS = {
  'much-step': 'one step costs {} FLOPs; on this device a figure may have {}',
  'much-evaluation': 'one evaluation costs {} FLOPs; on this device a figure may have {}',
  'much-all': 'the experiment costs {} FLOPs; on this device a figure may have {}',
  'much-kept': 'the experiment keeps {} numbers; on this device a figure may have {}',
  'much-examples': 'its examples are {} numbers; on this device a figure may have {}',
  'much-bytes': 'it holds {} bytes of GPU memory; on this device a figure may have {}',
  'much-kernels': 'it compiles {} kernels; on this device a figure may have {}',
  'many-in-figure': 'gives {} runs; a figure takes at most {}',
} as const;
