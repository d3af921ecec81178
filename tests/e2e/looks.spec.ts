import AxeBuilder from '@axe-core/playwright';
import type { BrowserContext, Page } from '@playwright/test';
import { expect, openDesk, test } from '../support/office-fixture';

type Theme = 'light' | 'dark';
const LOOKS: readonly { language: string; width: number; height: number; themes: readonly Theme[] }[] = [
  { language: 'pl', width: 1280, height: 720, themes: ['light', 'dark'] },
  { language: 'en', width: 1280, height: 720, themes: ['light', 'dark'] },
  { language: 'pl', width: 1920, height: 1080, themes: ['light'] },
];
/** After sign-in: the address of each screen and what it shows when it is complete. */
const SCREENS: readonly { path: string; complete: string }[] = [
  { path: '/', complete: '.recharts-surface' },
  { path: '/customers', complete: '[role=row][aria-selected]' },
  { path: '/customers/{id}', complete: 'main dl' },
  { path: '/customers/{id}?tab=points', complete: 'main table' },
  { path: '/customers/{id}?tab=readings', complete: '.recharts-surface' },
  { path: '/customers/{id}?tab=documents', complete: 'main h2' },
  { path: '/customers/{id}?tab=history', complete: 'ol[aria-label] li' },
  { path: '/imports', complete: 'main h2' },
];

/** What the browser itself complains about: exceptions, failed loads, violations of the content security policy. */
function complaintsOf(context: BrowserContext): string[] {
  const complaints: string[] = [];
  context.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  context.on('weberror', (error) => complaints.push(String(error.error())));
  return complaints;
}

/** The faults of the screen as it stands: broken rules, and content wider than the window. */
async function faultsOf(page: Page, axe: AxeBuilder): Promise<string[]> {
  await expect(page.locator('.mantine-Skeleton-root')).toHaveCount(0);
  // A tooltip under the resting mouse is no part of the screen that is judged.
  await page.mouse.move(0, 0);
  await expect(page.getByRole('tooltip')).toHaveCount(0);
  const { violations } = await axe.analyze();
  const wider = await page.evaluate(() => {
    const root = document.scrollingElement ?? document.documentElement;
    return root.scrollWidth - root.clientWidth;
  });
  return [
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`),
    ...(wider > 0 ? [`${wider} px wider than the window`] : []),
  ];
}

/** Every rule in the light; in the dark, which changes nothing but colours, those about colours. */
async function expectSound(page: Page, screen: string, themes: readonly Theme[]): Promise<void> {
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    // Without frames the short way is as good: the other opens a page for each question.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    if (colorScheme === 'dark') axe.withRules(['color-contrast', 'link-in-text-block']);
    expect(await faultsOf(page, axe), `${screen}, ${colorScheme}`).toEqual([]);
  }
}

/** Walks through all screens, beginning at the customer that is open. */
async function expectScreensSound(page: Page, themes: readonly Theme[]): Promise<void> {
  const id = /customers\/([0-9]+)/.exec(page.url())?.[1] ?? '';
  for (const { path, complete } of SCREENS) {
    const address = path.replace('{id}', id);
    await page.evaluate((hash) => {
      location.hash = hash;
    }, address);
    await expect(page.locator(complete).first()).toBeVisible();
    await expectSound(page, address, themes);
  }
}

for (const { language, width, height, themes } of LOOKS) {
  test(`every screen is accessible and fits: ${language}, ${width}×${height}`, async ({ context, office }) => {
    const complaints = complaintsOf(context);
    const desk = await openDesk(context, office);
    const { page } = desk;
    await page.setViewportSize({ width, height });
    if (language === 'en') {
      await page.getByText('English', { exact: true }).click();
      await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
      await expectSound(page, 'sign-in', themes);
      await page.getByText('Polski', { exact: true }).click();
    } else {
      await expectSound(page, 'sign-in', themes);
    }

    const root = await office.connect();
    const prefer = (chosen: string) =>
      root.query(
        `insert into ibok.staff_settings (login, language) values ('s_anna', $1)
         on conflict (login) do update set language = excluded.language`,
        [chosen],
      );
    await prefer(language);
    // Something for the history to show.
    await root.query(`update ibok.customers set email_alt = 'drugi@example.com' where customer_no = '000001'`);
    try {
      await page.getByRole('textbox', { name: 'Login' }).fill('s_anna');
      await page.getByRole('textbox', { name: 'Hasło' }).fill(office.logins.s_anna ?? '');
      await page.keyboard.press('Enter');
      // The records of an earlier sign-in are a navigation of their own.
      await expect(page.getByRole('navigation').first()).toBeVisible();
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      await desk.openCustomer('zuk kart', 'Żuk Jan');
      await expectScreensSound(page, themes);
    } finally {
      // The setting is the person's, and would greet the next test.
      await prefer('pl');
      await root.end();
    }
    expect(complaints).toEqual([]);
  });
}
