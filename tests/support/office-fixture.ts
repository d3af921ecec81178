import AxeBuilder from '@axe-core/playwright';
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { type Office, startOffice } from './office';

export { expect } from '@playwright/test';

/** A browser window of the desk, with what people do most. */
export interface DeskPage {
  page: Page;
  context: BrowserContext;
  /** Signs in and waits for the frame. */
  signIn(login: string, password?: string): Promise<void>;
  /** Opens a place of the main navigation. */
  goTo(place: string): Promise<void>;
  /** Finds a customer as a clerk does: by keyboard, in the search box, opened with Enter. */
  openCustomer(words: string, name: string): Promise<void>;
  /** Shows another part of the open card. */
  showTab(name: string): Promise<void>;
  /** Fails with the rules broken on the screen as it stands. */
  expectAccessible(): Promise<void>;
}

interface WorkerFixtures {
  office: Office;
}

interface TestFixtures {
  desk: DeskPage;
  /** Opens further windows, each a person of its own. */
  anotherDesk: () => Promise<DeskPage>;
}

/** Browser journeys on a real office: one per worker, a fresh browser context per window. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  office: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures out of this pattern
    async ({}, use, { parallelIndex }) => {
      const office = await startOffice(parallelIndex);
      await use(office);
      await office.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  desk: async ({ context, office }, use) => {
    await use(await openDesk(context, office));
  },
  anotherDesk: async ({ browser, office }, use, { project }) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const { locale, timezoneId, viewport } = project.use;
      const context = await browser.newContext({
        ...(locale && { locale }),
        ...(timezoneId && { timezoneId }),
        ...(viewport && { viewport }),
      });
      contexts.push(context);
      return openDesk(context, office);
    });
    for (const context of contexts) await context.close();
  },
});

/** Opens the address that `npm start` prints, in a new window of `context`. */
export async function openDesk(context: BrowserContext, office: Office): Promise<DeskPage> {
  const page = await context.newPage();
  await page.goto(office.url);
  await expect(page.getByRole('heading', { name: 'Zaloguj się' })).toBeVisible();
  return {
    page,
    context,
    async signIn(login, password = office.logins[login] ?? '') {
      await page.getByRole('textbox', { name: 'Login' }).fill(login);
      await page.getByRole('textbox', { name: 'Hasło' }).fill(password);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('navigation', { name: 'Nawigacja główna' })).toBeVisible();
    },
    async goTo(place) {
      await page.getByRole('navigation', { name: 'Nawigacja główna' }).getByRole('link', { name: place }).click();
      await expect(page.getByRole('heading', { level: 1, name: place })).toBeVisible();
    },
    async openCustomer(words, name) {
      await page.keyboard.press('Control+k');
      await page.keyboard.type(words);
      // Without waiting: the first hit of exactly these words opens when it is there.
      await page.keyboard.press('Enter');
      await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    },
    async showTab(name) {
      await page.getByRole('tab', { name }).click();
      await expect(page.getByRole('tab', { name, selected: true })).toBeVisible();
    },
    async expectAccessible() {
      await expect(page.getByRole('status', { name: 'Wczytywanie…' })).toHaveCount(0);
      // A tooltip under the resting mouse is no part of the screen that is judged.
      await page.mouse.move(0, 0);
      await expect(page.getByRole('tooltip')).toHaveCount(0);
      // Only what is wrong is worked out in detail: a list has thousands of nodes that are right. The way that joins
      // results of many frames would work out all of it, and takes five times as long.
      const axe = new AxeBuilder({ page }).setLegacyMode().options({
        resultTypes: ['violations'],
        // Addresses of ours begin with #: an entry that is scrolled out of the navigation would be taken for a skip link.
        rules: { 'skip-link': { enabled: false } },
      });
      const { violations } = await axe.analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
    },
  };
}
