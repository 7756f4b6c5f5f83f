/** The look of the pages for teachers. */
import { addSheet } from '../class/sheet.ts';
import styles from './teacher.css?inline';

addSheet(styles);
