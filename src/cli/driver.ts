/** Dawn in Node: which Vulkan driver to use, and the `GPU` object. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isSoftwareName } from '../gpu/adapter.ts';
import { pollGently } from './polling.ts';

/** Software Vulkan drivers in the order of their speed, by the places where systems keep them. */
const SOFTWARE_DRIVERS = [
  '/usr/share/vulkan/icd.d/lvp_icd.json',
  '/usr/share/vulkan/icd.d/lvp_icd.x86_64.json',
  '/usr/share/vulkan/icd.d/lvp_icd.aarch64.json',
  '/usr/lib/chromium/vk_swiftshader_icd.json',
  '/usr/lib/chromium-browser/vk_swiftshader_icd.json',
  '/opt/google/chrome/vk_swiftshader_icd.json',
];

const INSTALL =
  'Install a Vulkan driver: on Debian or Ubuntu `apt-get install mesa-vulkan-drivers libvulkan1` (Mesa 23 or newer), or Chromium, which brings one.';

export interface Driver {
  /** path for VK_DRIVER_FILES; none where the system's own choice is right */
  icd?: string;
  name: string;
}

/** The modules that Dawn offers in Node: `navigator.gpu` and WebGPU's constants. */
interface Dawn {
  create(options: string[]): GPU;
  globals: object;
}

const requireHere = createRequire(import.meta.url);
let dawn: Dawn | undefined;
/** Dawn crashes when its `GPU` is collected while a device lives. */
const alive: GPU[] = [];

/** Dawn's `GPU` object. Node stays alive while it is referenced: end a program with `process.exit`. */
export function createGPU(toggles: readonly string[] = []): GPU {
  if (/lvp_icd|swiftshader/.test(process.env.VK_DRIVER_FILES ?? '')) pollGently();
  dawn ??= requireHere('webgpu') as Dawn;
  Object.assign(globalThis, dawn.globals);
  const gpu = dawn.create([...toggles]);
  alive.push(gpu);
  return gpu;
}

/**
 * Finds the best driver: the caller's own VK_DRIVER_FILES, else a real GPU, else software. Each candidate is
 * tried in a process of its own, because Dawn reads the environment once and a broken driver can crash it.
 * @throws Error when no adapter is found with any of them, or the optional package `webgpu` is not installed
 */
export function findDriver(): Driver {
  if (!isInstalled()) throw new Error('Dawn is not installed: `npm install webgpu` brings it.');
  const chosen = process.env.VK_DRIVER_FILES;
  const candidates: (string | undefined)[] = chosen
    ? [chosen]
    : [undefined, ...SOFTWARE_DRIVERS.filter(existsSync)];
  let software: Driver | undefined;
  for (const icd of candidates) {
    const found = probe(icd);
    if (!found) continue;
    const driver: Driver = icd ? { icd, name: found.name } : { name: found.name };
    if (!found.software || chosen) return driver;
    software ??= driver;
    if (icd) return driver;
  }
  if (software) return software;
  throw new Error(`Dawn found no GPU adapter, not even a software one. ${INSTALL}`);
}

function isInstalled(): boolean {
  try {
    requireHere.resolve('webgpu');
    return true;
  } catch {
    return false;
  }
}

const PROBE = `
const { create } = require('webgpu');
create([]).requestAdapter({ powerPreference: 'high-performance' }).then((adapter) => {
  if (!adapter) process.exit(1);
  const { description, device, vendor, architecture } = adapter.info;
  const name = description || device || vendor + ' ' + architecture;
  console.log(JSON.stringify({ name, all: [description, device, vendor, architecture].join(' ') }));
  process.exit(0);
});`;

function probe(icd: string | undefined): { name: string; software: boolean } | undefined {
  try {
    const output = execFileSync(process.execPath, ['-e', PROBE], {
      cwd: import.meta.dirname,
      env: { ...process.env, ...(icd && { VK_DRIVER_FILES: icd }) },
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 60_000,
      encoding: 'utf8',
    });
    const { name, all } = JSON.parse(output.trim().split('\n').at(-1)!) as { name: string; all: string };
    return { name, software: isSoftwareName(all) };
  } catch {
    return undefined;
  }
}
