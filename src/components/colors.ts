/** Colours of the page for canvases, which know no custom properties. */

/** Reads tokens (custom properties without `--lab-`) as they are computed at `host`, theme included. */
export function readColors<K extends string>(host: Element, names: readonly K[]): Record<K, string> {
  const probe = document.createElement('span');
  probe.hidden = true;
  // Forced colours would make ink and ground the same.
  probe.style.forcedColorAdjust = 'none';
  (host.shadowRoot ?? host).append(probe);
  const style = getComputedStyle(probe);
  const entries = names.map((name) => {
    probe.style.color = `var(--lab-${name})`;
    return [name, style.color] as const;
  });
  probe.remove();
  return Object.fromEntries(entries) as Record<K, string>;
}

/** Red, green and blue in 0 … 255 of a computed colour such as `rgb(0, 114, 178)`. */
export function channels(color: string): [number, number, number] {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map(Number);
  // color(srgb …) has channels in 0 … 1.
  const factor = color.startsWith('color(') ? 255 : 1;
  return [red * factor, green * factor, blue * factor];
}

/** The colour with this opacity. */
export function withAlpha(color: string, alpha: number): string {
  return `rgb(${channels(color)
    .map((channel) => Math.round(channel))
    .join(' ')} / ${alpha})`;
}
