/** What comes next, or came before, where a lesson is shown to a class: its own button, or the next part of its page. */

/** The bar at the top covers so much, px, a little more in larger type. */
const COVERED = 90;
/** A place is reached within so much, px. */
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
 * The one that leads on before the answer is open: the prediction is said, the run is trained or else replayed. Null while the
 * lesson waits, for what is to be drawn or for a run to end; undefined where the text goes on.
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

/** Scrolls to the next part that is there to be read. False where there is none. */
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
