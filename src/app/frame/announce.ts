/** Something worth saying to those who listen to the page: milestones only. The app's one live region speaks it. */
export class AnnounceEvent extends Event {
  static readonly type = 'lab-announce';
  constructor(readonly text: string) {
    super(AnnounceEvent.type, { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'lab-announce': AnnounceEvent;
  }
}
