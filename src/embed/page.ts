/** The page for an iframe: one figure from the address, and its height for the page around. embed.html loads the element. */
import type { ScalingLab } from './index.ts';

/** Attributes that the address may set. */
const KEYS = [
  'lesson',
  'spec',
  'seed',
  'size',
  'changes',
  'prediction',
  'answer',
  'view',
  'figure',
  'scale',
  'theme',
  'controls',
  'reveal',
  'device',
  'poster',
];

/** How hosts are told the height of a frame, in px: ours, Canvas' (LTI), and Medium's, which is a text. */
const resizes = (height: number): unknown[] => [
  { type: 'scaling-lab-height', height },
  { subject: 'lti.frameResize', height },
  JSON.stringify({ context: 'iframe.resize', src: location.href, height }),
];

const asked = new URLSearchParams(location.search);
const lang = asked.get('lang');
if (lang !== null && /^[a-z-]{2,12}$/i.test(lang)) document.documentElement.lang = lang;

const figure: ScalingLab = document.createElement('scaling-lab');
figure.setAttribute('loading', 'eager');
for (const key of KEYS) {
  const value = asked.get(key);
  if (value !== null) figure.setAttribute(key, value);
}
// This page's own address is anybody's to write: the link of its figure stays on this site.
const site = asked.get('site');
const { origin } = new URL(location.href);
if (site !== null && URL.canParse(site, location.href) && new URL(site, location.href).origin === origin)
  figure.setAttribute('site', site);
document.body.style.margin = '0';
document.body.append(figure);

/** Responsive iframes of Chrome, for hosts that size them so; it throws where this document may not ask. */
function askForRoom(): void {
  try {
    (window as { requestResize?: () => void }).requestResize?.();
  } catch {
    // The messages have told the height.
  }
}

if (parent !== window) {
  // Anybody may know how high the figure is.
  new ResizeObserver(() => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    for (const message of resizes(height)) parent.postMessage(message, '*');
    askForRoom();
  }).observe(document.documentElement);
}
