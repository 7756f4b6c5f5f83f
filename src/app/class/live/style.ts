/** The look of a live class. */
import { addSheet } from '../sheet.ts';
import styles from './live.css?inline';

addSheet(styles);
