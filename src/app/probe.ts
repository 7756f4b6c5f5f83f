/** What the page would compute on, asked of the browser alone: the engine is loaded when something is trained. */

export interface Probe {
  /** name for people; the browser may keep it to itself */
  name: string;
  software: boolean;
}

/** Undefined where there is no WebGPU. */
export async function probe(): Promise<Probe | undefined> {
  // Older browsers lack it, whatever the types say.
  const gpu = (navigator as Partial<Navigator>).gpu;
  const adapter = await gpu?.requestAdapter().catch(() => null);
  if (!adapter) return undefined;
  const { description, device, vendor, architecture } = adapter.info;
  const name = description || device || [vendor, architecture].filter(Boolean).join(' ');
  return { name, software: /llvmpipe|swiftshader|basic render/i.test(`${name} ${architecture}`) };
}
