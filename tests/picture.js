// Takes the pictures of the README, after the page has changed its looks: `npm run picture`.

import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { BROWSER, serve } from './e2e/server.js';

const folder = fileURLToPath(new URL('../docs/', import.meta.url));
const site = await serve();
const browser = await chromium.launch(BROWSER);
try {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    const page = await browser.newPage({ viewport: { width: 1360, height: 820 }, colorScheme, reducedMotion: 'reduce' });
    const made = await page.request.post(`${site.url}/api/sessions`, { data: { scenario: 'test_command_2_leaders_2' } });
    const { session, key } = await made.json();
    await page.goto(`${site.url}/#/s/${session}/${key}`);
    for (const section of [1, 2, 3]) {
      await page.getByRole('button', { name: 'Play section' }).click();
      await page.getByRole('button', { name: new RegExp(`^${section}.*, done$`) }).waitFor();
    }
    await page.getByRole('button', { name: 'N-2', exact: true }).or(page.getByRole('radio', { name: 'N-2', exact: true })).click();
    await page.screenshot({ path: `${folder}raftplay-${colorScheme}.png` });
    await page.close();
  }
} finally {
  await browser.close();
  await site.stop();
}
