/** Puts the app into the page, in the visitor's language. */
import { HomePage } from './home-page.ts';
import { LabApp } from './lab-app.ts';
import { speak } from './language.ts';
import type { Services } from './pages.ts';
import { loadSettings } from './settings.ts';
import { WorkerPrompt } from './worker-prompt.ts';

export async function start(services: Services, parent: HTMLElement): Promise<LabApp> {
  customElements.define('home-page', HomePage);
  customElements.define('lab-app', LabApp);
  customElements.define('worker-prompt', WorkerPrompt);
  // A language that can't be loaded leaves the page in English.
  await speak(loadSettings().language).catch(() => undefined);
  const app = new LabApp();
  app.services = services;
  const prompt = new WorkerPrompt();
  prompt.life = services.life;
  parent.append(app, prompt);
  return app;
}
