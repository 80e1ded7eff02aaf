import { defineConfig } from '@playwright/test'

/**
 * The tests drive the real window through Playwright's Electron launcher, so there is no browser to configure. The
 * runtime to start is named by VMAP_LAB_ELECTRON, which `npm test` sets.
 */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  // One window at a time: keyboard focus and timing belong to the test that runs.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
})
