/** Puts the app into the page, in the visitor's language. */
import { LabApp } from './frame/lab-app.ts';
import { speak } from '../locales/language.ts';
import type { Services } from './pages.ts';
import { loadSettings } from './frame/settings.ts';
import { WorkerPrompt } from './frame/worker-prompt.ts';

/** A page that waits longer for its language begins without it, ms. */
const PATIENCE_MS = 3000;

/** @param dress adds the lab's styles to the document, in the same moment as the app, so that nothing jumps */
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
  // Removes what index.html shows until the app is there.
  document.querySelector('#starting')?.remove();
  parent.append(app, prompt);
  return app;
}
