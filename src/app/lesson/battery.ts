/**
 * Whether a page should stop training: it should while it is hidden and the device runs on its battery. A browser that
 * does not say how it is powered is taken to be plugged in.
 */

interface Battery extends EventTarget {
  readonly charging: boolean;
}

/** Calls back when the page should stop training, and when it may go on. @returns ends the calls */
export function watchRest(change: (isTime: boolean) => void): () => void {
  let battery: Battery | undefined;
  let wasTime = false;
  const look = (): void => {
    const isTime = document.hidden && battery?.charging === false;
    if (isTime === wasTime) return;
    wasTime = isTime;
    change(isTime);
  };
  const { getBattery } = navigator as { getBattery?: () => Promise<Battery> };
  let isOver = false;
  getBattery?.call(navigator).then(
    (found) => {
      if (isOver) return;
      battery = found;
      found.addEventListener('chargingchange', look);
      look();
    },
    () => undefined, // A permissions policy may forbid asking.
  );
  document.addEventListener('visibilitychange', look);
  return () => {
    isOver = true;
    document.removeEventListener('visibilitychange', look);
    battery?.removeEventListener('chargingchange', look);
  };
}
