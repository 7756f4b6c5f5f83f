/**
 * When a page had better rest: hidden, on a device that runs on its battery. Browsers that tell nothing of a battery are
 * taken to be plugged in.
 */

interface Battery extends EventTarget {
  readonly charging: boolean;
}

/** Tells whenever the time to rest begins or ends. @returns what ends that */
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
    () => undefined, // Policies may forbid it.
  );
  document.addEventListener('visibilitychange', look);
  return () => {
    isOver = true;
    document.removeEventListener('visibilitychange', look);
    battery?.removeEventListener('chargingchange', look);
  };
}
