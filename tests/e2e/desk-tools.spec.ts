import { expect, test } from '../support/office-fixture';

test('commands are called by their names, and a scanner opens what it reads', async ({ desk, office }) => {
  const { page } = desk;
  await desk.signIn('s_anna');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('>import');
  await expect(page.getByRole('option', { name: 'Przejdź: Import danych' })).toBeVisible();
  await desk.expectAccessible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Import danych' })).toBeVisible();

  const root = await office.connect();
  const { rows } = await root.query(
    `select factory_no from ibok.meters where status = 'installed' order by id limit 1`,
  );
  await root.end();
  const factoryNo = rows[0].factory_no as string;
  // A scanner types without pauses, and ends with Enter.
  await page.evaluate((code) => {
    for (const key of [...code, 'Enter'])
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  }, factoryNo);
  await expect(page.getByRole('heading', { level: 1, name: factoryNo })).toBeVisible();
});

test('open records are back after the next sign-in, also at another computer', async ({ desk, anotherDesk }) => {
  const { page } = desk;
  await desk.signIn('s_barbara');
  await desk.openCustomer('zuk kart', 'Żuk Jan');
  await expect(page.getByRole('navigation', { name: 'Otwarte kartoteki' })).toContainText('Żuk Jan');
  const place = new URL(page.url()).hash;
  // The desk is stored once it has been still for a moment.
  await page.waitForTimeout(2_500);
  const elsewhere = await anotherDesk();
  await elsewhere.signIn('s_barbara');
  const tabs = elsewhere.page.getByRole('navigation', { name: 'Otwarte kartoteki' });
  await tabs.locator(`a[href$="${place}"]`).click();
  await expect(elsewhere.page.getByRole('heading', { level: 1, name: 'Żuk Jan' })).toBeVisible();
});

test('a record opens in a window of its own with the same session', async ({ desk }) => {
  const { page, context } = desk;
  await desk.signIn('s_anna');
  await desk.openCustomer('zuk kart', 'Żuk Jan');
  const opening = context.waitForEvent('page');
  await page.keyboard.press('Alt+o');
  const own = await opening;
  await expect(own.getByRole('heading', { level: 1, name: 'Żuk Jan' })).toBeVisible();
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('heading', { name: 'Stanowisko zablokowane' })).toBeVisible();
  await expect(own.getByRole('heading', { name: 'Stanowisko zablokowane' })).toBeVisible();
});

test('colleagues see who works on a record, and an act is taken back by name', async ({ desk, anotherDesk }) => {
  const { page } = desk;
  await desk.signIn('s_anna');
  await desk.openCustomer('zuk kart', 'Żuk Jan');
  await page.keyboard.press('e');
  const colleague = await anotherDesk();
  await colleague.signIn('s_barbara');
  await colleague.goTo('Klienci');
  await colleague.page.getByRole('search', { name: 'Filtry listy' }).getByRole('textbox').first().fill('zuk kart');
  await expect(
    colleague.page.getByRole('grid', { name: /klient/i }).getByRole('row', { name: /Żuk Jan/ }),
  ).toContainText('edytuje');
  await colleague.openCustomer('zuk kart', 'Żuk Jan');
  await expect(
    colleague.page
      .getByText('Anna Demo edytuje')
      .or(colleague.page.getByText(/Anna .*edytuje/))
      .first(),
  ).toBeVisible();

  const phone = page.getByRole('textbox', { name: 'Telefon', exact: true });
  const before = await phone.inputValue();
  await phone.fill('58 111 22 33');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('58 111 22 33')).toBeVisible();
  await page.getByRole('button', { name: 'Cofnij ostatnie czynności' }).click();
  await expect(page.getByRole('button', { name: /Zmiana danych: .*Telefon/ }).first()).toBeVisible();
  await desk.expectAccessible();
  await page.keyboard.press('Escape');
  // In a field the keys are the field's own.
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Control+z');
  await expect(page.getByText('58 111 22 33')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('Control+z');
  await expect(page.getByText(/^Cofnięto/)).toBeVisible();
  if (before) await expect(page.getByText(before).first()).toBeVisible();
  await expect(page.getByText('58 111 22 33')).toHaveCount(0);
});

test('the officer sees who did what, the values, and that nobody changed it afterwards', async ({ desk }) => {
  const { page } = desk;
  await desk.signIn('s_iod');
  await desk.goTo('Dziennik');
  const grid = page.getByRole('grid', { name: 'Zdarzenia, od najnowszych' });
  await expect(grid.getByRole('row').nth(2)).toBeVisible();
  await desk.expectAccessible();
  await grid.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: /Wartości zdarzenia/ })).toBeVisible();
  await desk.expectAccessible();
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Wglądy w dane' }).click();
  await expect(page.getByRole('grid', { name: 'Wglądy w dane osobowe, od najnowszych' })).toBeVisible();
  await page.getByRole('tab', { name: 'Osoby i dni' }).click();
  await expect(page.getByRole('grid', { name: 'Liczba zdarzeń na osobę i dzień' })).toBeVisible();
  await page.getByRole('tab', { name: 'Pieczęcie' }).click();
  await page.getByRole('button', { name: 'Sprawdź pieczęcie' }).click();
  await expect(page.getByText('Pieczęcie są nienaruszone')).toBeVisible();
  await page.getByLabel('Ostatnie zdarzenie').fill('1');
  await page.getByLabel(/Skrót łańcucha \(64/).fill('ab'.repeat(32));
  await page.getByRole('button', { name: 'Porównaj', exact: true }).click();
  await expect(page.getByText('W łańcuchu nie ma takiej pieczęci')).toBeVisible();
  await desk.expectAccessible();
});

test('the health page says what does not work', async ({ desk, office }) => {
  const { page } = desk;
  // No worker: the page must say so, not show green.
  await office.stopWorker();
  await desk.signIn('s_admin');
  await desk.goTo('Stan systemu');
  await expect(page.getByText('Usługa prac w tle jeszcze się nie zgłosiła.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Prace w tle' }).getByText('nie działa')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Połączenia' }).getByText('w porządku')).toBeVisible();
  await desk.expectAccessible();
});
