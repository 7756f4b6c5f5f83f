/** The page: builds its one service, the lab, and starts the app. */
import { start } from './app/start.ts';
import './styles/page.css';
import { createLab } from './worker/client.ts';

start(createLab(), document.body);
