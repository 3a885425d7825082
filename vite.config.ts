import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Relative addresses: the built page works at any path of any static host.
  base: './',
  plugins: [react()],
  build: {
    target: 'es2022',
    sourcemap: false,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      // What the first screen needs comes as one file: in many small ones it packs 7 KB worse.
      output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
    },
  },
  worker: {
    format: 'es',
    rolldownOptions: {
      // The size check (scripts/size.mjs) knows workers by this prefix.
      output: {
        // Hints for bundlers, which nobody reads any more.
        comments: { annotation: false },
        entryFileNames: 'assets/worker-[name]-[hash].js',
        chunkFileNames: 'assets/part-[name]-[hash].js',
      },
    },
  },
  test: {
    environment: 'node',
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    exclude: ['e2e/**', 'node_modules/**', 'dist/**', '.cache/**'],
    setupFiles: ['scripts/vitestSetup.mjs'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
  },
});
