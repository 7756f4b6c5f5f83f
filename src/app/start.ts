/** Puts the app into the page, in the visitor's language. */
import { LabApp } from './frame/lab-app.ts';
import { speak } from '../locales/language.ts';
import type { Services } from './pages.ts';
import { loadSettings } from './frame/settings.ts';
import { WorkerPrompt } from './frame/worker-prompt.ts';

/** A page that waits longer for its language begins without it, ms. */
const PATIENCE_MS = 3000;

/** @param dress gives the document the lab's styles, at once with the app, so that nothing moves between */
export async function start(services: Services, parent: HTMLElement, dress?: () => void): Promise<LabApp> {
  customElements.define('lab-app', LabApp);
  // A language that can't be loaded, or not soon, leaves the page in English, at least for now.
  const spoken = speak(loadSettings().language).catch(() => undefined);
  await Promise.race([spoken, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  const app = new LabApp();
  app.services = services;
  customElements.define('worker-prompt', WorkerPrompt);
  const prompt = new WorkerPrompt();
  prompt.life = services.life;
  dress?.();
  // What index.html says until then.
  document.querySelector('#starting')?.remove();
  parent.append(app, prompt);
  return app;
}
