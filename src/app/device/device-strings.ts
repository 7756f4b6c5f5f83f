/** What is said of the device that trains, and why it is this one. */
import { msg, str } from '../../msg.ts';
import type { Case } from '../../devices/cases.ts';
import type { Wanted } from '../../devices/choice.ts';
import { type Cores, MOST_CORES } from '../../devices/cores.ts';

/** One sentence that says why no graphics train, and one step that may help. */
export interface Word {
  why: string;
  step: string;
}

const words: Record<Case, () => Word> = {
  wanted: () => ({
    why: msg('Training on the processor was asked for.', { id: 'device.wanted.why' }),
    step: msg('Choose “Automatic” at the foot of the page to use the graphics again.', {
      id: 'device.wanted.step',
    }),
  }),
  insecure: () => ({
    why: msg('Browsers offer WebGPU only to pages that came over https.', { id: 'device.insecure.why' }),
    step: msg('Open this page by its https address, or as localhost.', { id: 'device.insecure.step' }),
  }),
  policy: () => ({
    why: msg('The page around this frame keeps WebGPU from it.', { id: 'device.policy.why' }),
    step: msg('Open the lab in a tab of its own.', { id: 'device.policy.step' }),
  }),
  ios: () => ({
    why: msg('Browsers on iPhone and iPad have WebGPU from iOS 26.', { id: 'device.ios.why' }),
    step: msg('Update the system in Settings, General, Software Update.', { id: 'device.ios.step' }),
  }),
  safari: () => ({
    why: msg('Safari has WebGPU from version 26.', { id: 'device.safari.why' }),
    step: msg('Update macOS, or open this page in Chrome or Edge.', { id: 'device.safari.step' }),
  }),
  'firefox-android': () => ({
    why: msg('Firefox on Android has no WebGPU yet.', { id: 'device.firefox-android.why' }),
    step: msg('Open this page in Chrome.', { id: 'device.firefox-android.step' }),
  }),
  'firefox-linux': () => ({
    why: msg('Firefox on Linux has no WebGPU yet.', { id: 'device.firefox-linux.why' }),
    step: msg('Open this page in Chrome or in Firefox Nightly.', { id: 'device.firefox-linux.step' }),
  }),
  linux: () => ({
    why: msg('On Linux, Chrome and Edge keep WebGPU switched off for many graphics.', {
      id: 'device.linux.why',
    }),
    step: msg('Switch on chrome://flags/#enable-unsafe-webgpu and restart the browser.', {
      id: 'device.linux.step',
    }),
  }),
  outdated: () => ({
    why: msg('This version of the browser has no WebGPU.', { id: 'device.outdated.why' }),
    step: msg(
      'Update it: Chrome and Edge have it from 113, Firefox from 141 (on Apple computers 145), Safari from 26.',
      { id: 'device.outdated.step' },
    ),
  }),
  'no-webgpu': () => ({
    why: msg('This browser has no WebGPU.', { id: 'device.no-webgpu.why' }),
    step: msg('Open this page in a current Chrome, Edge, Safari or Firefox.', {
      id: 'device.no-webgpu.step',
    }),
  }),
  software: () => ({
    why: msg('The browser offers only a substitute for graphics, which computes on the processor.', {
      id: 'device.software.why',
    }),
    step: msg('Switch on hardware acceleration in the browser’s settings and restart it.', {
      id: 'device.software.step',
    }),
  }),
  weak: () => ({
    why: msg('The graphics of this device allow less than the lab’s kernels need.', {
      id: 'device.weak.why',
    }),
    step: msg('Use another device for the larger sizes.', { id: 'device.weak.step' }),
  }),
  refused: () => ({
    why: msg('Graphics were found, but the browser could not start them.', { id: 'device.refused.why' }),
    step: msg('Close other tabs that draw a lot, or restart the browser.', { id: 'device.refused.step' }),
  }),
  lost: () => ({
    why: msg('The graphics gave up several times within a minute.', { id: 'device.lost.why' }),
    step: msg('Update the graphics driver, then reload the page.', { id: 'device.lost.step' }),
  }),
  'no-adapter': () => ({
    why: msg('The browser has WebGPU, but found no graphics for it.', { id: 'device.no-adapter.why' }),
    step: msg('Switch on hardware acceleration in the browser’s settings, or update the graphics driver.', {
      id: 'device.no-adapter.step',
    }),
  }),
};

export const wordOf = (reason: Case): Word => words[reason]();

const wishes: Record<Wanted, () => string> = {
  auto: () => msg('Automatic', { id: 'device.wanted.auto' }),
  gpu: () => msg('Graphics', { id: 'device.wanted.gpu' }),
  compat: () => msg('Older graphics', { id: 'device.wanted.compat' }),
  cpu: () => msg('Processor', { id: 'device.wanted.cpu' }),
};

export const wishOf = (wanted: Wanted): string => wishes[wanted]();

const shares: Record<Cores, () => string> = {
  many: () => msg(str`up to ${MOST_CORES}`, { id: 'device.cores.many' }),
  one: () => msg('one, which stays cooler', { id: 'device.cores.one' }),
};

export const coresWord = (cores: Cores): string => shares[cores]();

export const strings = {
  /** @param times how many times slower; nothing where it was not measured */
  slow: (times: number | undefined): string =>
    times === undefined || times < 2
      ? msg('Training on the processor, slower than on a laptop’s graphics.', { id: 'device.slow' })
      : msg(str`Training on the processor, about ${times} times slower than on a laptop’s graphics.`, {
          id: 'device.times-slower',
        }),
  leftOut: (features: string): string =>
    msg(str`Left out, because this driver computes wrongly with it: ${features}.`, { id: 'device.left-out' }),
  get noKernels(): string {
    return msg('This lesson runs on graphics only', { id: 'device.no-kernels' });
  },
  get noKernelsWhy(): string {
    return msg(
      'It compares kernels written for graphics, and the processor runs none of them. The recorded run stands.',
      { id: 'device.no-kernels-why' },
    );
  },
  get train(): string {
    return msg('Train on', { id: 'device.train' });
  },
  get cores(): string {
    return msg('Processor cores', { id: 'device.cores' });
  },
  get copy(): string {
    return msg('Copy diagnostics', { id: 'device.copy' });
  },
  get copied(): string {
    return msg('Copied. It names browser, graphics and limits, and nothing about you.', {
      id: 'device.copied',
    });
  },
  get closed(): string {
    return msg('The browser keeps the clipboard closed. Here is the text:', { id: 'device.closed' });
  },
};
