import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '*.e2e.ts',
  globalSetup: './test/support/global-setup.ts',
  outputDir: 'test-results',
  // Most of a test's time is waiting for another person's browser.
  workers: 3,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  expect: { timeout: 40_000 },
  reporter: [
    [process.stdout.isTTY ? 'line' : 'list'],
    ['json', { outputFile: process.env.E2E_REPORT ?? 'test-results/report.json' }],
  ],
  // A trace takes a third as long again; `npx playwright test --trace on` makes one of a test that failed.
  use: { actionTimeout: 40_000, trace: 'off', screenshot: 'only-on-failure' },
})
