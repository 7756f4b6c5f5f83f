/**
 * Tabs of one window, as people have them: those behind are truly hidden. The driver's own pages say that they are seen,
 * wherever they are, so these are the browser's, spoken to by its protocol.
 */
import { type CDPSession, chromium } from 'playwright-core';
import { findChromium } from './browser.ts';

/** What the driver leaves out so that pages behind others go on as if they were seen. */
const AS_IF_SEEN = [
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
];

interface Answer {
  id: number;
  result?: { result?: { value: unknown }; exceptionDetails?: unknown };
  error?: { message: string };
}

export class Tab {
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private last = 0;

  constructor(
    private readonly browser: CDPSession,
    private readonly targetId: string,
    private readonly sessionId: string,
  ) {
    browser.on('Target.receivedMessageFromTarget', ({ sessionId: from, message }) => {
      if (from !== sessionId) return;
      const answer = JSON.parse(message) as Answer;
      this.waiting.get(answer.id)?.(answer);
    });
  }

  /** The value of an expression on the page. @throws Error with what the page says */
  async evaluate<T>(expression: string): Promise<T> {
    const parameters = { expression, returnByValue: true, awaitPromise: true, userGesture: true };
    const { result, error } = await this.ask('Runtime.evaluate', parameters);
    if (error ?? result?.exceptionDetails)
      throw new Error(`${expression}: ${JSON.stringify(error ?? result?.exceptionDetails)}`);
    return result?.result?.value as T;
  }

  /** What the browser does to tabs that are long hidden, and undoes. */
  async freeze(state: 'frozen' | 'active'): Promise<void> {
    await this.ask('Page.setWebLifecycleState', { state });
  }

  /** Brings it before the others. */
  async show(): Promise<void> {
    await this.browser.send('Target.activateTarget', { targetId: this.targetId });
  }

  private ask(method: string, params: object): Promise<Answer> {
    const id = ++this.last;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, resolve);
      const message = JSON.stringify({ id, method, params });
      this.browser.send('Target.sendMessageToTarget', { sessionId: this.sessionId, message }).catch(reject);
    });
  }
}

/** A window; each tab that is opened comes before those that there are. */
export async function openWindow(): Promise<{ tab(url: string): Promise<Tab>; close(): Promise<void> }> {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
    ignoreDefaultArgs: AS_IF_SEEN,
  });
  const session = await browser.newBrowserCDPSession();
  return {
    async tab(url) {
      const { targetId } = await session.send('Target.createTarget', { url });
      const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: false });
      return new Tab(session, targetId, sessionId);
    },
    close: () => browser.close(),
  };
}
