/** The page that the address means: follows the address, loads what the page needs, and says so where that takes long or fails. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { askAgain } from '../../loading.ts';
import { pageOf } from '../pages.ts';
import { hashHere, moveTo } from './site.ts';

/** When a page takes longer than this to load, that is said, ms. */
const LONG_MS = 10_000;
/** A module that has failed to load may fail in this document for ever. Then the document is loaded again, after this time, ms. */
const RELOAD_AFTER_MS = 3000;

export interface PageLoadHost {
  /** resolves when all is there that a page needs */
  need: (page: string) => Promise<unknown>;
  /** is called when another page is asked for */
  leaves: () => void;
  /** is called when that page is there, or has failed to load */
  arrives: () => void;
}

export class PageLoad implements ReactiveController {
  /** the page that is asked for */
  page = pageOf(hashHere());
  /** the page that is there; the one before stays until then */
  shown: string | undefined;
  trouble: 'slow' | 'failed' | 'trying' | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly around: PageLoadHost,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('hashchange', this.onAddress);
    // Going back to the address of the document itself changes more than the hash.
    addEventListener('popstate', this.onAddress);
    moveTo(this.page);
    void this.open(this.page);
  }

  hostDisconnected(): void {
    removeEventListener('hashchange', this.onAddress);
    removeEventListener('popstate', this.onAddress);
  }

  private readonly onAddress = (): void => {
    const page = pageOf(hashHere());
    moveTo(page);
    if (page === this.page) return;
    this.page = page;
    this.host.requestUpdate();
    this.around.leaves();
    void this.open(page).then((isThere) => isThere && this.around.arrives());
  };

  /** @returns whether the page is still the one that is asked for, once it is there or has failed */
  private async open(page: string): Promise<boolean> {
    const slow = setTimeout(() => this.set(page, 'slow'), LONG_MS);
    let trouble: PageLoad['trouble'];
    try {
      await this.around.need(page);
    } catch (error) {
      console.warn(error);
      trouble = 'failed';
    }
    clearTimeout(slow);
    if (page !== this.page) return false;
    this.shown = page;
    this.set(page, trouble);
    return true;
  }

  /** Asks the server anew and opens the page, in another document if need be. */
  async again(): Promise<void> {
    const { page } = this;
    if (this.trouble === 'trying') return;
    this.set(page, 'trying');
    if (!(await askAgain())) {
      this.set(page, 'failed');
      return;
    }
    await Promise.race([this.open(page), new Promise((resolve) => setTimeout(resolve, RELOAD_AFTER_MS))]);
    if (page === this.page && this.trouble) location.reload();
  }

  private set(page: string, trouble: PageLoad['trouble']): void {
    if (page !== this.page) return;
    this.trouble = trouble;
    this.host.requestUpdate();
  }
}
