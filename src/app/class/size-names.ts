/** What sizes are called, as on the page of a lesson. */
import { text } from '../../lessons/shared/text.ts';
import { worded } from './worded.ts';

export const SIZE_NAMES = worded({
  small: text('small', '小'),
  standard: text('standard', '标准'),
  large: text('large', '大'),
});
