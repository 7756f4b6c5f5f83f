/** Puts the app into the page. */
import { register as registerComponents } from '../components/index.ts';
import type { Lab } from '../worker/protocol.ts';
import { LanguagePage } from './experiments/language-page.ts';
import { ShapePage } from './experiments/shape-page.ts';
import { HomePage } from './home-page.ts';
import { LabApp } from './lab-app.ts';

export function start(lab: Lab, parent: HTMLElement): LabApp {
  registerComponents();
  customElements.define('home-page', HomePage);
  customElements.define('shape-page', ShapePage);
  customElements.define('language-page', LanguagePage);
  customElements.define('lab-app', LabApp);
  const app = new LabApp();
  app.lab = lab;
  parent.append(app);
  return app;
}
