import { expect, test } from '../support/office-fixture';

/** Numbers nobody else in the shared office has. */
const stamp = Date.now().toString(36).toUpperCase();

test('accepts three meters by scanner, sees until when they are legal, and finds them again', async ({ desk }) => {
  const { page } = desk;
  const numbers = [1, 2, 3].map((n) => `SK-${stamp}-${n}`);
  await desk.signIn('s_tomasz');
  await desk.goTo('Rejestr');
  await page.getByRole('link', { name: 'Przyjmij na stan' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Przyjęcie wodomierzy na stan' })).toBeVisible();
  // Ready for the scanner at once; without a type nothing is lost, it stays in the field.
  const scan = page.getByRole('textbox', { name: 'Numer fabryczny' });
  await expect(scan).toBeFocused();
  await page.keyboard.type(`${numbers[0]}\n`);
  await expect(page.getByText('Najpierw wybierz typ wodomierza.')).toBeVisible();
  await expect(scan).toHaveValue(numbers[0] ?? '');

  await page.getByRole('combobox', { name: 'Typ', exact: true }).click();
  await page.getByRole('option').first().click();
  const mark = page.getByRole('textbox', { name: 'Cecha na wodomierzu' });
  await mark.fill('M99');
  await expect(page.getByText('Takiej cechy nie może jeszcze być')).toBeVisible();
  await mark.fill('m24');
  await expect(page.getByText('Legalizacja ważna do 30.11.2029')).toBeVisible();
  await page.getByRole('textbox', { name: 'Miejsce w magazynie' }).fill('Regał 4');
  await desk.expectAccessible();

  await scan.focus();
  await page.keyboard.press('Enter');
  await expect(scan).toHaveValue('');
  // A scanner does not wait: two more, one right behind the other.
  await page.keyboard.type(`${numbers[1]}\n${numbers[2]}\n`);
  const accepted = page.getByRole('table', { name: 'Przyjęte teraz' });
  for (const number of numbers) {
    await expect(accepted.getByRole('row').filter({ hasText: number })).toContainText('na stanie');
  }
  await expect(page.getByText('3 wodomierze')).toBeVisible();
  await expect(accepted.getByRole('row').filter({ hasText: numbers[0] ?? '' })).toContainText('30.11.2029');

  // The same label read twice is asked about; a second meter with that number is possible, and told of.
  await page.keyboard.type(`${numbers[0]}\n`);
  await expect(page.getByRole('alert')).toContainText('przyjęto przed chwilą');
  await page.keyboard.press('Enter');
  await expect(accepted.getByRole('row').filter({ hasText: 'numer się powtarza' })).toBeVisible();
  await desk.expectAccessible();

  await accepted.getByRole('link', { name: numbers[1] ?? '' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Wodomierz ${numbers[1]}` })).toBeVisible();
  await expect(page.getByText('Legalizacja do 30.11.2029')).toBeVisible();
  await desk.expectAccessible();
  await desk.showTab('Zdarzenia');
  await expect(page.getByRole('list', { name: 'Zdarzenia wodomierza' })).toContainText('Przyjęto na stan');

  // The papers say an earlier day: it counts, flagged, until somebody decides with a reason.
  await desk.showTab('Legalizacja');
  await page.getByRole('button', { name: 'Zapisz cechę' }).click();
  await page.getByRole('textbox', { name: 'Cecha na wodomierzu' }).fill('M25');
  await page.getByRole('textbox', { name: 'Termin z dokumentów' }).fill('30.06.2028');
  await page.keyboard.press('Tab');
  await page.getByRole('dialog').getByRole('button', { name: 'Zapisz cechę' }).click();
  await expect(page.getByText('Cecha i dokumenty podają różne dni')).toBeVisible();
  await page.getByRole('button', { name: 'Więcej' }).last().click();
  await page.getByRole('menuitem', { name: 'Ustal termin ręcznie' }).click();
  await page.getByRole('textbox', { name: 'Legalizacja ważna do' }).fill('30.11.2030');
  await page.getByRole('textbox', { name: 'Powód' }).fill('Świadectwo innego wodomierza');
  await page.getByRole('dialog').getByRole('button', { name: 'Ustal termin ręcznie' }).click();
  await expect(page.getByText('Cecha i dokumenty podają różne dni')).toHaveCount(0);
  await expect(page.getByText('Legalizacja do 30.11.2030').first()).toBeVisible();
  await desk.expectAccessible();

  await page.getByRole('button', { name: 'Więcej' }).first().click();
  await page.getByRole('menuitem', { name: 'Złomuj' }).click();
  await page.getByRole('textbox', { name: 'Powód' }).fill('Pęknięty korpus');
  await page.getByRole('dialog').getByRole('button', { name: 'Złomuj' }).click();
  await expect(page.getByText('Złomowany', { exact: true })).toBeVisible();
});

test('says why a scan was refused, and does not let it be lost by leaving', async ({ desk }) => {
  const { page } = desk;
  await desk.signIn('s_tomasz');
  await desk.goTo('Rejestr');
  await page.getByRole('link', { name: 'Przyjmij na stan' }).click();
  await page.getByRole('button', { name: 'Nowy typ' }).click();
  const said = { Producent: 'Próbny', Model: `T-${stamp}`, DN: '20', Q3: '2,5', 'Cyfry liczydła': '5' };
  const box = (name: string) => page.getByRole('textbox', { name, exact: name === 'DN' || name === 'Model' });
  for (const [name, value] of Object.entries(said)) await box(name).fill(value);
  const scan = page.getByRole('textbox', { name: 'Numer fabryczny' });
  const accepted = page.getByRole('table', { name: 'Przyjęte teraz' });
  await scan.fill(`TY-${stamp}-1`);
  await scan.press('Enter');
  await expect(accepted.getByRole('row').filter({ hasText: `TY-${stamp}-1` })).toContainText('na stanie');

  await box('Cyfry liczydła').fill('6');
  await scan.fill(`TY-${stamp}-2`);
  await scan.press('Enter');
  await expect(accepted.getByRole('row').filter({ hasText: `TY-${stamp}-2` })).toContainText('inną liczbą cyfr');
  const registry = page.getByRole('navigation', { name: 'Nawigacja główna' }).getByRole('link', { name: 'Rejestr' });
  await registry.click();
  await expect(page.getByRole('dialog', { name: 'Nie wszystkie skany są zapisane' })).toBeVisible();
  await desk.expectAccessible();
  await page.getByRole('button', { name: 'Zostań' }).click();
  await expect(accepted).toBeVisible();
  await registry.click();
  await page.getByRole('button', { name: 'Wyjdź mimo to' }).click();
  await expect(accepted).toHaveCount(0);
});
