import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { hashHere } from '../frame/site.ts';
import { readAddress } from './address.ts';

/** The page that the address names, such as `lesson/mirage`. */
export const pageHere = (): string => readAddress(hashHere()).page;

/** Tells a page what its address says: when the page comes on the screen, and whenever the address changes. */
export class AddressWatch implements ReactiveController {
  private page = '';

  /**
   * @param of the page as in the hash, such as `class`; left out, the one at whose address it comes on the screen.
   * Addresses of other pages are theirs to read
   * @param told hears what follows the `?`
   */
  constructor(
    host: ReactiveControllerHost,
    private readonly of: string | undefined,
    private readonly told: (words: URLSearchParams) => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('hashchange', this.read);
    this.page = this.of ?? pageHere();
    this.read();
  }

  hostDisconnected(): void {
    removeEventListener('hashchange', this.read);
  }

  private readonly read = (): void => {
    const { page, words } = readAddress(hashHere());
    if (page === this.page) this.told(words);
  };
}
