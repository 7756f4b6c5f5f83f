import type { Text } from '../lesson.ts';

export const title: Text = { en: 'For teachers', zh: '给教师' };
