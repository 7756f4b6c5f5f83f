/** Which device is tried first: pure, so that every case is a line of a table. */

/** What was asked for: in the address of the page, its settings, the figure's attribute or the command line. */
export const WANTED = ['auto', 'gpu', 'compat', 'cpu'] as const;
export type Wanted = (typeof WANTED)[number];

/** What programs can run on: WebGPU, its compatibility mode, or the processor by plain loops. */
export type DeviceKind = 'core' | 'compatibility' | 'cpu';

/** An adapter that a browser offers. */
export interface Offered {
  kind: 'core' | 'compatibility';
  /** computes on the CPU */
  software: boolean;
}

/** The wish in a text, such as the address has it; nothing where it is none. */
export function wantedIn(text: string | null | undefined): Wanted | undefined {
  return WANTED.find((wanted) => wanted === text);
}

/**
 * The devices to try, in groups: the first group of which one works has the device. Of a group of more than one the
 * fastest is taken, as measured.
 *
 * Graphics in hardware first, in the core or else in compatibility mode; without it the processor, by plain loops or
 * through a software adapter. What was asked for goes before all else; the rest stays, for where it fails.
 */
export function order(offered: readonly Offered[], wanted: Wanted): DeviceKind[][] {
  const kindsOf = (software: boolean): DeviceKind[] =>
    (['core', 'compatibility'] as const).filter((kind) =>
      offered.some((each) => each.kind === kind && each.software === software),
    );
  const hardware = kindsOf(false).map((kind) => [kind]);
  // A software adapter is the same in both modes.
  const software = kindsOf(true).slice(0, 1);
  const groups: DeviceKind[][] = [...hardware, ['cpu', ...software]];
  switch (wanted) {
    case 'auto':
      return groups;
    case 'gpu':
      return [...hardware, ...software.map((kind) => [kind]), ['cpu']];
    case 'compat': {
      const has = offered.some(({ kind }) => kind === 'compatibility');
      return has ? [['compatibility'], ...without('compatibility', groups)] : groups;
    }
    case 'cpu':
      return [['cpu'], ...without('cpu', groups)];
  }
}

const without = (kind: DeviceKind, groups: readonly DeviceKind[][]): DeviceKind[][] =>
  groups.map((group) => group.filter((each) => each !== kind)).filter(({ length }) => length > 0);
