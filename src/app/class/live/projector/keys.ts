/** Keys of the projector's page, and of presenters' clickers, which send Page Down and Page Up. */
export type Action = 'next' | 'back' | 'reveal' | 'hide' | 'export';

const ACTIONS: Readonly<Record<string, Action | undefined>> = {
  ' ': 'next',
  PageDown: 'next',
  ArrowRight: 'next',
  PageUp: 'back',
  ArrowLeft: 'back',
  r: 'reveal',
  h: 'hide',
  e: 'export',
};

export const actionOf = (key: string): Action | undefined =>
  ACTIONS[key.length === 1 ? key.toLowerCase() : key];

/** What has the focus and takes keys itself. */
const TAKES_KEYS = 'input, textarea, select, [contenteditable], lab-chart, [role=radiogroup]';
/** What a space presses. */
const PRESSED = 'button, a, summary';

export function keyHandler(act: (action: Action) => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const target = event.target instanceof Element ? event.target : document.body;
    const action = actionOf(event.key);
    // A clicker moves the class on, also when a lesson was just chosen.
    const isClicker = event.key.startsWith('Page') && target.matches('select');
    if (action === undefined || (target.closest(TAKES_KEYS) && !isClicker)) return;
    if (event.key === ' ' && target.closest(PRESSED)) return;
    event.preventDefault();
    act(action);
  };
}
