/** What somebody who helps needs to know of a device: as text to be copied, with nothing about the person in it. */
import type { Tried } from './cases.ts';
import type { DeviceKind, Wanted } from './choice.ts';
import type { Facts } from './facts.ts';

/** What the engine knows of the device that trains. */
export interface DeviceDetails {
  kind: DeviceKind;
  /** as the driver tells them; empty where the browser keeps them to itself */
  adapter: Readonly<Record<string, string | number | boolean>>;
  features: readonly string[];
  limits: Readonly<Record<string, number>>;
  /** features that were left out because kernels computed something else with them, and what it was */
  leftOut: Readonly<Record<string, string>>;
  tried: readonly Tried[];
  /** which kernels were measured to be the fastest */
  kernels: Readonly<Record<string, string>>;
}

export interface Diagnostics {
  userAgent: string;
  facts: Facts;
  wanted: Wanted;
  /** the name of the device for people, how many workers train on it, and its details; else why there is none */
  device: (DeviceDetails & { name: string; cores: number }) | { problem: string };
}

export const diagnosticsText = (diagnostics: Diagnostics): string =>
  JSON.stringify(diagnostics, undefined, 2);
