import { expect, test } from '../support/office-fixture';

test('a text is changed from tomorrow on, with a preview of what it becomes', async ({ desk }) => {
  const { page } = desk;
  await desk.signIn('s_barbara');
  await desk.goTo('Ustawienia');
  await page.getByRole('link', { name: 'Szablony' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Szablony' })).toBeVisible();
  await desk.expectAccessible();
  await page.getByRole('row', { name: /Blokada konta/ }).click();
  const drawer = page.getByRole('dialog', { name: 'Blokada konta' });
  const preview = drawer.getByRole('region', { name: 'Podgląd z przykładowymi danymi' });
  await expect(preview.frameLocator('iframe').getByText('Anna Przykładowa')).toBeVisible();
  const body = drawer.getByRole('textbox', { name: 'Treść' });
  await body.fill('Szanowni Państwo,\n\nkonto zablokowano. {{pesel}}');
  await expect(drawer.getByText('Nieznane pole: pesel')).toBeVisible();
  await body.fill('Szanowni Państwo,\n\nkonto zablokowano. Powód: ');
  await body.press('End');
  await drawer.getByRole('button', { name: 'Powód' }).click();
  await expect(body).toHaveValue(/Powód: \{\{reason\}\}$/);
  await expect(preview.frameLocator('iframe').getByText('Powód: prośba posiadacza konta')).toBeVisible();
  await drawer.getByText('Tekst', { exact: true }).click();
  await expect(preview.getByText(/konto zablokowano\. Powód: prośba/)).toBeVisible();
  await drawer.getByRole('textbox', { name: 'Obowiązuje od' }).fill('01.02.2031');
  await page.keyboard.press('Tab');
  await desk.expectAccessible();
  await page.keyboard.press('Control+S');
  await expect(page.getByText('Szablon zapisano.')).toBeVisible();
  await expect(page.getByText('Nowa wersja od 01.02.2031')).toBeVisible();
});

test('a message that failed goes out again, can be taken back in its window, and arrives', async ({ desk, office }) => {
  const { page } = desk;
  await office.startWorker();
  const root = await office.connect();
  await root.query(`update ibok.rule_values set value = '20' where key = 'mail.undo_seconds'`);
  await root.query(
    `insert into ibok.outbox (key, to_address, template_id, fields, record, created_by, state, attempts, last_error)
     select 'e2e.failed', 'ewa.nowak@example.org', t.id, $1, 'customers:' || (select min(id) from ibok.customers), 's_anna',
            'failed', 1, 'SMTP_550' from ibok.templates t where t.key = 'account.unblocked'`,
    [JSON.stringify({ first_name: 'Ewa', last_name: 'Nowak', reason: 'wyjaśniono' })],
  );
  await desk.signIn('s_anna');
  await page.getByRole('link', { name: /Wiadomości do wyjaśnienia/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Poczta' })).toBeVisible();
  await desk.expectAccessible();
  await page.getByRole('row', { name: /ewa\.nowak@example\.org.*Niewysłana/ }).click({ position: { x: 40, y: 12 } });
  const drawer = page.getByRole('dialog', { name: 'Wiadomość' });
  await expect(drawer.getByText('Serwer odmówił przyjęcia (550)')).toBeVisible();
  await expect(drawer.frameLocator('iframe').getByText('Powód: wyjaśniono')).toBeVisible();
  // No script runs in the frame, and so no check either: what stands around it is checked beside the text.
  await drawer.getByText('Tekst', { exact: true }).click();
  await expect(drawer.getByText(/Powód: wyjaśniono/)).toBeVisible();
  await desk.expectAccessible();

  const resend = async () => {
    await drawer.getByRole('button', { name: 'Wyślij ponownie' }).click();
    await drawer.getByRole('form', { name: 'Wyślij ponownie' }).getByRole('button', { name: 'Wyślij' }).click();
    await expect(page.getByText(/do ewa\.nowak@example\.org zostanie wysłana za \d+ s/)).toBeVisible();
  };
  await resend();
  await page.getByRole('button', { name: 'Cofnij', exact: true }).click();
  await expect(page.getByText('Wysłanie cofnięto.')).toBeVisible();
  await expect(drawer.getByText('Anulowana')).toBeVisible();

  await root.query(`update ibok.rule_values set value = '2' where key = 'mail.undo_seconds'`);
  await root.end();
  await drawer.getByRole('button', { name: 'Zamknij' }).click();
  await page.getByText('Wszystkie', { exact: true }).click();
  await page.getByRole('row', { name: /ewa\.nowak@example\.org.*Niewysłana/ }).click({ position: { x: 40, y: 12 } });
  await resend();
  await expect(drawer.getByText('Wysłana', { exact: true })).toBeVisible({ timeout: 15_000 });
  await drawer.getByRole('button', { name: 'Zamknij' }).click();

  await page.getByRole('link', { name: 'Przechwycone wiadomości' }).click();
  await page.getByRole('button', { name: /Odblokowanie konta IBOK.*ewa\.nowak@example\.org/ }).click();
  await expect(page.frameLocator('iframe').getByText('Powód: wyjaśniono')).toBeVisible();
  await page.getByText('Tekst', { exact: true }).click();
  await desk.expectAccessible();
});
