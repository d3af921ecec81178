import { expect, test } from '../support/office-fixture';

// Whole journeys, each with the rules of accessibility along its way.
test.slow();

test.beforeEach(async ({ desk }) => desk.signIn('s_anna'));

test('the list filters and sorts, keeps no name in its address, and a record walks it by keys', async ({ desk }) => {
  const { page } = desk;
  await desk.goTo('Klienci');
  await expect(page.getByText('300 klientów')).toBeVisible();
  await desk.expectAccessible();

  await page.getByRole('button', { name: 'Filtr', exact: true }).click();
  await page.getByRole('dialog', { name: 'Filtr' }).getByRole('button', { name: 'Rodzaj' }).click();
  await page.getByRole('checkbox', { name: 'Osoba' }).check();
  await page.getByRole('button', { name: 'Zastosuj' }).click();
  await page.getByRole('textbox', { name: 'Filtruj po słowach' }).fill('kart');
  await expect(page.getByText('300 klientów')).toHaveCount(0);
  await page
    .getByRole('columnheader', { name: 'Nr klienta' })
    .getByRole('button', { name: 'Nr klienta', exact: true })
    .click();
  await expect(page.getByRole('columnheader', { name: 'Nr klienta' })).toHaveAttribute('aria-sort', 'ascending');
  await expect(page).not.toHaveURL(/kart|person/i);

  const grid = page.getByRole('grid', { name: 'Lista klientów' });
  await expect(grid).toHaveAttribute('aria-busy', 'false');
  const numbers = await grid.locator('[role=gridcell]:nth-child(2)').allInnerTexts();
  expect(numbers.length).toBeGreaterThan(5);
  expect(numbers).toEqual([...numbers].sort());
  await grid.focus();
  const active = grid.locator('[role=row][data-active]');
  await expect(active).toHaveCount(1);
  await expect(grid).toHaveAttribute('aria-activedescendant', (await active.getAttribute('id')) ?? 'none');
  await page.keyboard.press('j');
  const second = await active.getByRole('gridcell').nth(2).innerText();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(second);
  await page.keyboard.press('j');
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(second);
  await page.keyboard.press('k');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(second);

  await page.goBack();
  await expect(page.getByRole('textbox', { name: 'Filtruj po słowach' })).toHaveValue('kart');
});

test('a list that matches nobody says so and offers the way back', async ({ desk }) => {
  const { page } = desk;
  await desk.goTo('Klienci');
  await page.getByRole('textbox', { name: 'Filtruj po słowach' }).fill('nikt taki nie istnieje');
  await expect(page.getByRole('heading', { name: 'Żaden klient nie pasuje do filtrów' })).toBeVisible();
  await desk.expectAccessible();
  await page.getByRole('button', { name: 'Wyczyść filtry' }).click();
  await expect(page.getByText('300 klientów')).toBeVisible();
});

test('every part of a card, the premise and the meter are complete and accessible', async ({ desk }) => {
  const { page } = desk;
  await desk.openCustomer('zuk kart', 'Żuk Jan');
  await expect(page.getByText('Nr klienta 000001')).toBeVisible();
  await desk.expectAccessible();
  await desk.showTab('Punkty i wodomierze');
  await page.getByRole('button', { name: /wodomierz zdemontowany/ }).click();
  await desk.expectAccessible();
  await desk.showTab('Odczyty');
  await expect(page.getByRole('img', { name: /Zużycie miesięczne/ })).toBeVisible();
  await expect(page.getByRole('cell', { name: /m³/ }).first()).toBeVisible();
  await desk.expectAccessible();
  await page.getByRole('button', { name: 'Pokaż tabelę' }).click();
  await expect(page.getByRole('rowheader').first()).toBeVisible();
  await desk.showTab('Historia');
  await desk.expectAccessible();

  await desk.showTab('Punkty i wodomierze');
  await page.getByRole('link', { name: 'Karta posesji' }).first().click();
  await expect(page.getByRole('link', { name: 'Żuk Jan', exact: true }).last()).toBeVisible();
  await desk.expectAccessible();
  await page.getByRole('table', { name: 'Wodomierze zamontowane' }).getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: 'Dane techniczne' })).toBeVisible();
  await desk.expectAccessible();
  await desk.showTab('Odczyty');
  await expect(page.getByRole('cell', { name: /m³/ }).first()).toBeVisible();
  await desk.expectAccessible();
});

test('a PESEL is shown for a reason only, and the reading is logged', async ({ desk, office }) => {
  const { page } = desk;
  await desk.openCustomer('zuk kart', 'Żuk Jan');
  await page.getByRole('button', { name: 'Pokaż: PESEL' }).click();
  const reason = page.getByRole('combobox', { name: 'Powód odsłonięcia' });
  await reason.fill('bo');
  await page.getByRole('button', { name: 'Pokaż', exact: true }).click();
  await expect(page.getByText('co najmniej 5 znaków')).toBeVisible();
  await desk.expectAccessible();
  await reason.fill('Potwierdzenie');
  await page.getByRole('option', { name: 'Potwierdzenie tożsamości klienta' }).click();
  await page.getByRole('button', { name: 'Pokaż', exact: true }).click();
  await expect(page.getByText(/^[0-9]{11}$/)).toBeVisible();

  const root = await office.connect();
  const { rows } = await root.query(`select purpose from audit.reads where login = 's_anna' and fields like '%pesel%'`);
  await root.end();
  expect(rows).toContainEqual({ purpose: expect.stringContaining('Potwierdzenie tożsamości klienta') });
});
