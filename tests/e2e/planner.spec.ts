import type { Locator } from '@playwright/test';
import type { Client } from 'pg';
import { expect, test } from '../support/office-fixture';
import { plantStreet } from '../support/orders';

/** A street of its own, whose meters end their legalization in 40 days but for one, which is over. */
async function plantPlan(root: Client, street: string): Promise<void> {
  const { meters } = await plantStreet(root, { street, houses: ['10', '9A', '1'], route: street.slice(0, 1) });
  for (const [at, meter] of meters.entries()) {
    await root.query(
      `insert into ibok.legalizations (meter_id, mark_kind, raw_mark, read_on)
       values ($1, 'date', to_char(ibok.today() + $2::int - interval '60 months', 'YYYY-MM-DD'), ibok.today())`,
      [meter, at === 2 ? -3 : 40],
    );
  }
}

const addresses = (list: Locator) => list.getByRole('row').filter({ hasText: 'Kartuzy' });

test('a street is planned: chosen in the plan, its meters become orders, and the plan says so', async ({
  desk,
  office,
}) => {
  const root = await office.connect();
  await plantPlan(root, 'Planowa');
  await root.end();
  const { page } = desk;
  await desk.signIn('s_barbara');
  await desk.goTo('Legalizacja');
  const list = page.getByRole('grid', { name: 'Wodomierze wybranego okresu' });
  await expect(list).toBeVisible();
  await desk.expectAccessible();

  const streets = page.getByRole('combobox', { name: 'Ulica' });
  await streets.fill('Planowa');
  await page.getByRole('option', { name: 'Planowa, Kartuzy' }).click();
  // In the order of the round, 9A before 10; what is over stands in a list of its own.
  await expect(addresses(list)).toHaveCount(2);
  await expect(addresses(list).first()).toContainText('Planowa 9A');
  await expect(page.getByText('Po terminie: 1', { exact: true })).toBeVisible();

  // The table behind the chart opens a month's list by keyboard as well.
  await page.getByRole('button', { name: 'Pokaż tabelę' }).click();
  await page.getByRole('button', { name: 'Po terminie', exact: true }).click();
  await expect(addresses(list)).toHaveCount(1);
  await expect(addresses(list)).toContainText('Planowa 1,');
  await page.getByText('Najbliższe 3 miesiące: 2').click();
  await expect(addresses(list)).toHaveCount(2);

  await list.focus();
  await page.keyboard.press('Control+a');
  await page.getByRole('button', { name: 'Utwórz zlecenia' }).click();
  const drawer = page.getByRole('dialog', { name: 'Utwórz zlecenia' });
  await expect(drawer.getByRole('radio', { name: 'Wymiana' })).toBeVisible();
  await desk.expectAccessible();
  await drawer.getByRole('button', { name: 'Dalej' }).click();
  await drawer.getByRole('button', { name: 'Utwórz 2 zlecenia' }).click();
  await expect(drawer.getByText('Gotowe')).toBeVisible();
  // The drawer has a cross of the same name.
  await drawer.getByRole('button', { name: 'Zamknij' }).last().click();
  await expect(addresses(list).filter({ hasText: 'wydane' })).toHaveCount(2);
  await expect(page.getByRole('list', { name: 'Postęp prac' }).getByText('Zlecone 2')).toBeVisible();
});

test('the register finds a meter by its number and tells what is wrong with it', async ({ desk, office }) => {
  const root = await office.connect();
  await plantPlan(root, 'Rejestrowa');
  await root.end();
  const { page } = desk;
  await desk.signIn('s_anna');
  await desk.goTo('Rejestr');
  const list = page.getByRole('grid', { name: 'Rejestr wodomierzy' });
  await expect(list).toHaveAttribute('aria-busy', 'false');
  await desk.expectAccessible();
  await page.getByPlaceholder('Numer, plomba lub adres').fill('rejestrowa 9a');
  await expect(addresses(list)).toHaveCount(1);
  await expect(addresses(list)).toContainText('Rejestrowa 9A');
  await page.getByPlaceholder('Numer, plomba lub adres').fill('rejestrowa');
  await expect(addresses(list).filter({ hasText: 'po terminie' })).toHaveCount(1);
  await page.getByText('Na stanie', { exact: true }).click();
  await expect(page.getByText('Żaden wodomierz nie pasuje')).toBeVisible();
});
