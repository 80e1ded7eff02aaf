import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  test: {
    // Tests stand beside the code they are about; e2e/ belongs to Playwright.
    include: ['{electron,renderer,shared,scripts}/**/*.test.ts'],
    environment: 'node',
    allowOnly: false,
    // Properties and golden files run for seconds on a small machine; a hang is still found within a minute.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
