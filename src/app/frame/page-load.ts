/** Loads what a page needs, and says so where that takes long or fails. */
import type { ReactiveControllerHost } from 'lit';
import { askAgain } from '../../loading.ts';

/** A page that takes longer says so, ms. */
const LONG_MS = 10_000;
/** What a document has once failed to load may fail in it for good; then only another document helps. Waited for first, ms. */
const RELOAD_AFTER_MS = 3000;

export class PageLoad {
  /** the page that is there; the one before stays until then */
  shown: string | undefined;
  trouble: 'slow' | 'failed' | 'trying' | undefined;

  private page: string | undefined;

  /** @param need resolves when all is there that a page needs */
  constructor(
    private readonly host: Pick<ReactiveControllerHost, 'requestUpdate'>,
    private readonly need: (page: string) => Promise<unknown>,
  ) {}

  /** False where another page is asked for meanwhile. */
  async open(page: string): Promise<boolean> {
    this.page = page;
    const slow = setTimeout(() => this.set(page, 'slow'), LONG_MS);
    let trouble: PageLoad['trouble'];
    try {
      await this.need(page);
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

  /** When somebody has pressed: asks the server anew, and opens the page, in another document if need be. */
  async again(): Promise<void> {
    const { page } = this;
    if (page === undefined || this.trouble === 'trying') return;
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
