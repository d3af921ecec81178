import type { Page } from '@playwright/test';
import { expect, test } from '../support/office-fixture';

/** As typed into the address bar. */
const openAt = (page: Page, place: string) => page.evaluate((hash) => window.location.assign(`#${hash}`), place);

test('text grows to 200 %, and single-letter shortcuts can be switched off', async ({ desk }) => {
  const { page } = desk;
  await desk.signIn('s_anna');
  await desk.goTo('Ustawienia');
  await desk.expectAccessible();
  await page.getByText('200%').click();
  await expect(page.locator('html')).toHaveCSS('font-size', '32px');
  await desk.expectAccessible();
  await page.reload();
  await expect(page.locator('html')).toHaveCSS('font-size', '32px');
  await openAt(page, '/settings');
  await page.getByText('100%').click();
  await expect(page.locator('html')).toHaveCSS('font-size', '16px');

  await page.getByRole('switch', { name: 'Skróty z jednego klawisza' }).click({ force: true });
  await desk.goTo('Moje zadania');
  await page.keyboard.press('n');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('a rule gets a value from a later day, which can be withdrawn', async ({ desk }) => {
  const { page } = desk;
  await desk.signIn('s_admin');
  await desk.goTo('Ustawienia');
  await page.getByRole('link', { name: 'Reguły i terminy' }).click();
  await desk.expectAccessible();
  await page.getByPlaceholder('nazwa lub źródło').fill('Reklamacja: termin');
  await page.getByRole('row', { name: /Reklamacja: termin odpowiedzi/ }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('textbox', { name: /Nowa wartość/ }).fill('10');
  await drawer.getByRole('textbox', { name: 'Obowiązuje od dnia' }).fill('01.01.2031');
  await drawer.getByRole('textbox', { name: 'Źródło' }).fill('Zarządzenie 1/2026');
  await desk.expectAccessible();
  await page.keyboard.press('Control+S');
  await expect(page.getByText('od 01.01.2031: 10 dni')).toBeVisible();
  await page.getByRole('row', { name: /Reklamacja: termin odpowiedzi/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Wycofaj' }).click();
  const question = page.getByRole('dialog', { name: 'Wycofać zaplanowaną wartość?' });
  await question.getByRole('textbox', { name: 'Powód' }).fill('pomyłka w dacie');
  await question.getByRole('button', { name: 'Wycofaj' }).click();
  await expect(page.getByText('Zaplanowana wartość wycofana.')).toBeVisible();
  await expect(page.getByText('od 01.01.2031: 10 dni')).toBeHidden();
});

test('days off, staff and servers are shown as far as the role goes', async ({ desk }) => {
  const { page } = desk;
  await desk.signIn('s_anna');
  await openAt(page, '/settings/holidays');
  await expect(page.getByRole('row', { name: /24\.12.*Wigilia Bożego Narodzenia/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Dodaj dzień wolny' })).toBeHidden();
  await desk.expectAccessible();
  await openAt(page, '/settings/servers');
  await expect(page.getByText(/W użyciu · PostgreSQL/)).toBeVisible();
  await desk.expectAccessible();
  await openAt(page, '/settings/staff');
  await expect(page.getByText('Brak dostępu')).toBeVisible();
});

test('an absence sends the tasks to the substitute as well', async ({ desk, anotherDesk }) => {
  const { page } = desk;
  await desk.signIn('s_celina');
  await desk.goTo('Moje zadania');
  await page.keyboard.press('n');
  await page.getByRole('dialog').getByRole('textbox', { name: 'Zadanie' }).fill('Zamówić plomby');
  await page.keyboard.press('Control+S');
  await desk.goTo('Ustawienia');
  await page.getByRole('button', { name: 'Zmień nieobecność' }).click();
  const drawer = page.getByRole('dialog');
  const today = new Intl.DateTimeFormat('pl-PL', { day: '2-digit', month: '2-digit', year: 'numeric' }).format(
    new Date(),
  );
  await drawer.getByRole('textbox', { name: 'Od dnia' }).fill(today);
  await drawer.getByRole('textbox', { name: 'Od dnia' }).press('Tab');
  await drawer.getByRole('combobox', { name: 'Zastępuje' }).fill('Tomasz');
  await page.getByRole('option', { name: /Tomasz/ }).click();
  await desk.expectAccessible();
  await page.keyboard.press('Control+S');
  await expect(page.getByText(/Nieobecność od .* Zastępuje: Tomasz/)).toBeVisible();

  const substitute = await anotherDesk();
  await substitute.signIn('s_tomasz');
  await substitute.goTo('Moje zadania');
  await expect(substitute.page.getByRole('row', { name: /Zamówić plomby/ })).toContainText('Zastępstwo: Celina');
});
