/** From FLOPs to seconds, energy and money. */

const SECONDS_PER_HOUR = 3600;

/** Training FLOPs of N parameters on D tokens: 2 forward, 4 backward per parameter and token (Kaplan et al. 2001.08361, §2.1). */
export function trainingFlops(N: number, D: number): number {
  return 6 * N * D;
}

/** FLOPs of running N parameters over some tokens: 2 per parameter and token. */
export function inferenceFlops(N: number, tokens: number): number {
  return 2 * N * tokens;
}

/** Machines that run at a rate; all numbers are per device. */
export interface Device {
  /** FLOP/s reached in the run, measured; or peak times utilisation. */
  flopsPerSecond: number;
  /** Electrical power, W. */
  watts: number;
  /** Number of devices, default 1. */
  count?: number;
}

export interface Prices {
  /** Money per kWh of electricity. */
  perKilowattHour?: number;
  /** Money per device and hour, as rented. */
  perDeviceHour?: number;
}

export interface Bill {
  flops: number;
  seconds: number;
  /** Device-hours over all devices. */
  deviceHours: number;
  kilowattHours: number;
  /** Cost of electricity, in the currency of the price; absent without a price. */
  electricity?: number;
  /** Cost of renting; absent without a price. */
  rent?: number;
}

/** What some FLOPs take on a device. Energy counts the devices alone: no cooling, no network, no idle time. */
export function bill(flops: number, device: Device, prices: Prices = {}): Bill {
  const count = device.count ?? 1;
  const seconds = flops / (device.flopsPerSecond * count);
  return billOfTime(flops, seconds, device, prices);
}

/** The same for a run of known duration. */
export function billOfTime(flops: number, seconds: number, device: Device, prices: Prices = {}): Bill {
  const deviceHours = (seconds / SECONDS_PER_HOUR) * (device.count ?? 1);
  const kilowattHours = energyKilowattHours(deviceHours, device.watts);
  return {
    flops,
    seconds,
    deviceHours,
    kilowattHours,
    ...(prices.perKilowattHour === undefined ? {} : { electricity: kilowattHours * prices.perKilowattHour }),
    ...(prices.perDeviceHour === undefined ? {} : { rent: deviceHours * prices.perDeviceHour }),
  };
}

/** kWh of some hours at some power in watts. */
export function energyKilowattHours(hours: number, watts: number): number {
  return (hours * watts) / 1000;
}

/** A fleet's energy a day in Wh, and per request: de Vries's estimate of ChatGPT (Joule 7, 2023). */
export function fleetEnergy(
  servers: number,
  kilowattsPerServer: number,
  requestsPerDay: number,
): { wattHoursPerDay: number; wattHoursPerRequest: number } {
  const wattHoursPerDay = servers * kilowattsPerServer * 1000 * 24;
  return { wattHoursPerDay, wattHoursPerRequest: wattHoursPerDay / requestsPerDay };
}
