import type { Text } from '../lesson.ts';

export const title: Text = { en: 'Terms', zh: '术语' };
