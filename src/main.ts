/** The page: builds its services, the lab and the curriculum, and starts the app. */
import { curriculum } from './app/curriculum.ts';
import { wantedHere } from './app/device/wanted.ts';
import { workOffline } from './app/frame/offline.ts';
import { probe } from './app/device/probe.ts';
import { loadSettings } from './app/frame/settings.ts';
import { isInCourse } from './app/frame/site.ts';
import { start } from './app/start.ts';
import { askAgain } from './loading.ts';
import styles from './styles/page.css?inline';
import { createLab } from './worker/client.ts';
import { startWorker, workerAddress } from './worker/start.ts';

// Not as a file of its own: one that hangs would leave the page white, and without a word.
const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
const dress = (): void => void (document.adoptedStyleSheets = [sheet]);

const lab = createLab(
  () => {
    const settings = loadSettings();
    return startWorker(wantedHere(settings), settings.cores);
  },
  (message) => askAgain(message, [workerAddress]),
);
void start({ lab, life: lab, curriculum, probe }, document.body, dress);
// What a course has around a lesson keeps its files.
if (import.meta.env.PROD && !isInCourse()) void workOffline(document.body);
