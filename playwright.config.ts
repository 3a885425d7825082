import { createServer } from 'node:net';
import { defineConfig } from '@playwright/test';
import { findChromium, HEADLESS_FLAGS } from './scripts/chromium.mjs';

// This file is read again by every worker process: what the first reading found is passed on by the environment.
process.env.CHROMIUM ??= findChromium();
process.env.E2E_PORT ??= String(await freePort(4317));
const port = Number(process.env.E2E_PORT);

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  timeout: 60_000,
  retries: 0,
  workers: 2,
  fullyParallel: true,
  forbidOnly: process.env.CI !== undefined,
  reporter: 'list',
  use: {
    baseURL: `http://localhost:${port}/`,
    browserName: 'chromium',
    headless: true,
    viewport: { width: 1280, height: 720 },
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: process.env.CHROMIUM, args: [...HEADLESS_FLAGS] },
  },
  webServer: {
    command: 'node scripts/serve.mjs',
    url: `http://localhost:${port}/`,
    env: { PORT: String(port) },
    reuseExistingServer: false,
    timeout: 30_000,
  },
});

/** The wished port, or any free one when another run holds it. */
async function freePort(wished: number): Promise<number> {
  for (const port of [wished, 0]) {
    const found = await new Promise<number | undefined>((resolve) => {
      const server = createServer();
      server.once('error', () => resolve(undefined));
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        const taken = typeof address === 'object' && address !== null ? address.port : undefined;
        server.close(() => resolve(taken));
      });
    });
    if (found !== undefined) return found;
  }
  throw new Error('no free port for the end-to-end server');
}
