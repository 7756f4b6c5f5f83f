/** A question to the pretended lab that waits for its answer. */
import type { Page } from 'playwright-core';
import type { Lab } from '../../src/worker/protocol.ts';

export interface Held {
  /** Until the page has asked so many times. */
  untilAsked: (times: number) => Promise<void>;
  /** From now on there are answers, to what was asked too. */
  answer: () => Promise<void>;
}

export async function hold(page: Page, question: keyof Lab): Promise<Held> {
  const held = await page.evaluateHandle((question) => {
    const lab = window.lab as unknown as Record<string, (...asked: unknown[]) => unknown>;
    const ask = lab[question]!.bind(lab);
    const held = { asked: 0, answer: (): void => undefined };
    const may = new Promise<void>((resolve) => (held.answer = resolve));
    lab[question] = (...asked) => {
      held.asked++;
      return may.then(() => ask(...asked));
    };
    return held;
  }, question);
  return {
    untilAsked: async (times) => {
      await page.waitForFunction(([held, times]) => held.asked === times, [held, times] as const);
    },
    answer: () => held.evaluate((held) => held.answer()),
  };
}
