/** The steps of a clicker through a lesson: the page's primary button where it has one, else the next part of the page. */

/** Height that the bar at the top covers, px; in larger type a little more. */
const COVERED = 90;
/** Nearer than this a place counts as reached, px. */
const NEAR = 8;

export type Way = 'next' | 'back';

/** @param lesson the lesson's page */
export function step(lesson: Element, way: Way): void {
  const button = way === 'next' ? buttonOf(lesson) : undefined;
  if (button) button.click();
  else if (button === undefined && !scrolled(lesson, way))
    lesson.querySelector<HTMLElement>(`.neighbours .${way === 'next' ? 'cta' : 'before'}`)?.click();
}

/**
 * The button that leads on before the answer is seen: it commits the prediction, trains the run, or replays it. Null while
 * the lesson waits for a drawing or for the end of a run; undefined where the text comes next.
 */
function buttonOf(lesson: Element): HTMLElement | null | undefined {
  const figure = lesson.querySelector<HTMLElement>('.figure[data-answer]');
  if (!figure || figure.dataset.open === 'true') return undefined;
  const said = figure.querySelector<HTMLElement>('.asking .primary');
  if (said) return said.ariaDisabled === 'true' ? null : said;
  const bar = figure.querySelector('lab-plan-bar');
  if (bar && ['ready', 'paused'].includes(bar.phase))
    return bar.renderRoot.querySelector<HTMLElement>('.primary');
  return figure.querySelector<HTMLElement>('.ways > .pill');
}

/** Scrolls to the next visible part. @returns false where there is none */
function scrolled(lesson: Element, way: Way): boolean {
  const parts = lesson.querySelectorAll(
    'h1, .figure[data-answer], .inside, lives-card, .more section:not([data-folded]), .details, .neighbours',
  );
  const end = document.documentElement.scrollHeight - innerHeight;
  const places = [...parts]
    .map((part) => Math.round(scrollY + part.getBoundingClientRect().top - COVERED))
    .map((top) => Math.min(end, Math.max(0, top)))
    .sort((a, b) => a - b);
  const to =
    way === 'next'
      ? places.find((top) => top > scrollY + NEAR)
      : places.findLast((top) => top < scrollY - NEAR);
  if (to === undefined) return false;
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  scrollTo({ top: to, behavior: isStill ? 'instant' : 'smooth' });
  return true;
}
