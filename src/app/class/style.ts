/** The look of a class, which no other page loads. */
import styles from './class.css?inline';
import { addSheet } from './sheet.ts';

addSheet(styles);
