import type { Client } from 'pg';
import { expect, test } from '../support/office-fixture';
import { pdfFile } from '../support/sample-files';

// Two windows on one machine.
test.setTimeout(120_000);

interface Place {
  customer: string;
  name: string;
  no: string;
  address: string;
}

/** A person who is supplied at one point with one main meter and nothing behind it, whom no other journey looks for. */
async function findPlace(superuser: Client): Promise<Place> {
  const { rows } = await superuser.query<Place>(
    `select u.customer_id::text as customer, u.display_name as name, u.customer_no as no,
            ibok.address_line(p.street, p.house_no, p.flat_no, p.city) as address
       from ibok.supplies s
       join ibok.customer_search u on u.customer_id = s.customer_id and u.kind = 'person'
       join ibok.supply_points x on x.id = s.supply_point_id and x.status = 'active'
       join ibok.premises p on p.id = x.premise_id
       join ibok.meter_installations i on i.supply_point_id = x.id and i.removed_on is null and i.role = 'main'
      where s.valid_to is null and i.installed_on < ibok.today() - 60
        and not exists (select from ibok.meter_cases c where c.supply_point_id = x.id)
        and (select count(*) from ibok.meter_installations o where o.supply_point_id = x.id and o.removed_on is null) = 1
        and (select count(*) from ibok.supplies o where o.customer_id = s.customer_id) = 1
      order by u.customer_id desc limit 1`,
  );
  const [place] = rows;
  if (!place) throw new Error('the office has no such point');
  return place;
}

/** The customer's own meter as it lies in stock, bought this year. */
async function plantMeter(superuser: Client, factoryNo: string): Promise<void> {
  await superuser.query(
    `with made as (
       insert into ibok.meters (factory_no, type_id, owner_kind, status, accepted_on)
       select $1, t.id, 'customer', 'in_stock', ibok.today() from ibok.meter_types t order by t.id limit 1 returning id)
     insert into ibok.legalizations (meter_id, mark_kind, raw_mark, read_on)
     select id, 'm_year', to_char(ibok.today(), '"M"YY'), ibok.today() from made`,
    [factoryNo],
  );
}

test('a sub-meter goes from the application to its deduction, through a clerk and a technician', async ({
  desk,
  anotherDesk,
  office,
}) => {
  const superuser = await office.connect();
  const place = await findPlace(superuser);
  await plantMeter(superuser, 'PODROZ-77');
  const { page } = desk;

  // The clerk takes the application at the customer's point and agrees on the place.
  await desk.signIn('s_anna');
  await desk.openCustomer(place.no, place.name);
  await desk.showTab('Punkty i wodomierze');
  await page.getByRole('button', { name: 'Nowy podlicznik' }).click();
  const application = page.getByRole('dialog', { name: /^Wniosek o podlicznik/ });
  await expect(application.getByRole('radio', { name: 'Odliczeniowy' })).toBeChecked();
  await desk.expectAccessible();
  await page.keyboard.press('Control+S');
  const title = page.getByRole('heading', { level: 1, name: /^Podlicznik S-/ });
  await expect(title).toBeVisible();
  const number = (await title.innerText()).replace('Podlicznik ', '');
  const step = (name: string) => page.getByRole('listitem', { name, exact: true });
  await expect(step('Odliczanie')).toContainText('Najpierw technik odbiera i plombuje podlicznik.');
  await desk.expectAccessible();
  await page.getByRole('button', { name: 'Uzgodnij miejsce' }).click();
  await page.getByRole('textbox', { name: 'Miejsce' }).fill('ogród, studzienka przy furtce');
  await page.keyboard.press('Control+S');
  await expect(step('Miejsce uzgodnione')).toContainText('ogród, studzienka przy furtce');
  await expect(step('Odbiór i plombowanie')).toContainText('Robi to technik albo kierownik.');

  await page.getByRole('button', { name: 'Zleć technikowi' }).click();
  const order = page.getByRole('dialog', { name: 'Zlecenie dla technika' });
  await order.getByRole('combobox', { name: 'Kto jedzie' }).click();
  await order.getByRole('option').first().click();
  await desk.expectAccessible();
  await page.keyboard.press('Control+S');
  await expect(step('Odbiór i plombowanie')).toContainText('Zlecenie:');

  // The technician finds it among what waits to be accepted, seals it and builds it in.
  const other = await anotherDesk();
  await other.signIn('s_tomasz');
  await other.goTo('Podliczniki i ekspertyzy');
  await other.page.getByText('Do odbioru', { exact: true }).click();
  const row = other.page.getByRole('row', { name: new RegExp(number) });
  await expect(row).toContainText(place.name);
  await other.expectAccessible();
  await row.getByText(number).click();
  await other.page.getByRole('button', { name: 'Odbierz i zaplombuj' }).click();
  const acceptance = other.page.getByRole('dialog', { name: 'Odbiór i plombowanie' });
  await acceptance.getByRole('combobox', { name: 'Wodomierz' }).fill('PODROZ-77');
  await acceptance.getByRole('option', { name: /PODROZ-77/ }).click();
  await acceptance.getByRole('textbox', { name: 'Stan początkowy' }).fill('2');
  await other.expectAccessible();
  await other.page.keyboard.press('Control+S');
  await expect(acceptance.getByText(/bez niej podlicznika nie odbieramy/)).toBeVisible();
  await acceptance.getByRole('textbox', { name: 'Numer plomby' }).fill('PG 778899');
  await other.page.keyboard.press('Control+S');
  await expect(other.page.getByText('Podlicznik odebrany i zaplombowany.')).toBeVisible();

  // The clerk sees it live; fee, annex with its scan, and the deduction follow in this order alone.
  await expect(step('Odbiór i plombowanie')).toContainText('plomba PG 778899');
  await expect(page.getByText(/^Podlicznik jest zamontowany\. Aby anulować sprawę, najpierw zdejmij/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Anuluj sprawę' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Zapisz opłatę' }).click();
  await expect(page.getByRole('textbox', { name: 'Kwota' })).toHaveValue('0,00');
  await page.getByRole('textbox', { name: 'Kwota' }).fill('123,45');
  await page.keyboard.press('Control+S');
  await expect(step('Opłata')).toContainText(/123,45\szł/);

  await page.getByRole('button', { name: 'Dodaj skan aneksu' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Wybierz pliki…' }).click();
  await (await chooser).setFiles({ name: 'aneks-7-2026.pdf', mimeType: 'application/pdf', buffer: pdfFile() });
  await expect(page.getByRole('table', { name: 'Lista dokumentów' })).toContainText('aneks-7-2026');
  await desk.showTab('Przebieg');
  await page.getByRole('button', { name: 'Zapisz aneks' }).click();
  await page.getByRole('textbox', { name: 'Numer aneksu' }).fill('7/2026');
  await desk.expectAccessible();
  await page.keyboard.press('Control+S');
  await expect(step('Aneks do umowy')).toContainText('nr 7/2026');

  await page.getByRole('button', { name: 'Rozpocznij odliczanie' }).click();
  await expect(page.getByRole('dialog', { name: 'Rozpoczęcie odliczania' })).toBeVisible();
  await page.keyboard.press('Control+S');
  await expect(page.getByText(/^Podlicznik jest odliczany od/)).toBeVisible();
  await desk.expectAccessible();
  const { rows } = await superuser.query(
    `select i.deducts_from = ibok.today() as deducted, i.role, o.state as order
       from ibok.meter_cases c join ibok.meter_installations i on i.id = c.installation_id
       join ibok.service_orders o on o.case_id = c.id
      where ibok.meter_case_number(c.id) = $1`,
    [number],
  );
  expect(rows).toEqual([{ deducted: true, role: 'deduction', order: 'done' }]);
  await superuser.end();
});
