import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { readAddress } from './address.ts';

/** Tells a page what its address says: when the page comes on the screen, and whenever the address changes. */
export class AddressWatch implements ReactiveController {
  /**
   * @param page as in the hash, such as `class`; addresses of other pages are not told
   * @param told hears what follows the `?`
   */
  constructor(
    host: ReactiveControllerHost,
    private readonly page: string,
    private readonly told: (words: URLSearchParams) => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('hashchange', this.read);
    this.read();
  }

  hostDisconnected(): void {
    removeEventListener('hashchange', this.read);
  }

  private readonly read = (): void => {
    const { page, words } = readAddress(location.hash);
    if (page === this.page) this.told(words);
  };
}
