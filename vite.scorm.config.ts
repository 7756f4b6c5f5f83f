/**
 * SCORM packages, when the lab is in its folder (`npm run build:scorm`): the program that stands between course and lab, then
 * a package for each lesson beside that folder.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { courses, PROGRAM } from './build/courses/index.ts';
import { thirdParty } from './build/third-party.ts';

export default defineConfig({
  publicDir: false,
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [thirdParty().build(), courses()],
  build: {
    outDir: 'scorm/lab',
    emptyOutDir: false,
    target: 'es2022',
    lib: {
      // As an ES module it runs before the lab's own script, which waits for its turn.
      entry: fileURLToPath(new URL('src/app/course/index.ts', import.meta.url)),
      formats: ['es'],
      fileName: () => PROGRAM,
    },
  },
});
