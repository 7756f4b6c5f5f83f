/** The page: builds its services, the lab and the curriculum, and starts the app. */
import { curriculum } from './app/curriculum.ts';
import { wantedHere } from './app/device/wanted.ts';
import { workOffline } from './app/offline.ts';
import { probe } from './app/probe.ts';
import { loadSettings } from './app/settings.ts';
import { start } from './app/start.ts';
import styles from './styles/page.css?inline';
import { createLab } from './worker/client.ts';
import { startWorker } from './worker/start.ts';

// Not as a file of its own: one that hangs would leave the page white, and without a word.
const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets = [sheet];

const lab = createLab(() => startWorker(wantedHere(loadSettings())));
void start({ lab, life: lab, curriculum, probe }, document.body);
if (import.meta.env.PROD) void workOffline(document.body);
