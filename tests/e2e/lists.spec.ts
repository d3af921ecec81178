import type { Locator } from '@playwright/test';
import { type DeskPage, expect, test } from '../support/office-fixture';

const grid = ({ page }: DeskPage): Locator => page.getByRole('grid', { name: 'Lista klientów' });
const head = (desk: DeskPage, name: string): Locator =>
  grid(desk)
    .getByRole('columnheader')
    .filter({ has: desk.page.getByText(name, { exact: true }) });
const heads = (desk: DeskPage): Promise<string[]> =>
  grid(desk).getByRole('columnheader').locator('[class*=headWord]').allInnerTexts();

async function openList(desk: DeskPage): Promise<void> {
  await desk.goTo('Klienci');
  await expect.poll(() => shownCount(desk)).toBe(everybody);
}

/** Opens the form of a column and gives it. */
async function openColumn(desk: DeskPage, name: string): Promise<Locator> {
  await head(desk, name).getByRole('button', { name: /filtr/ }).click();
  const menu = desk.page.getByRole('dialog', { name: `Kolumna ${name}` });
  await expect(menu).toBeVisible();
  return menu;
}

/** Filters by a column that need not be on screen. */
async function addFilter({ page }: DeskPage, name: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Filtr', exact: true }).click();
  const menu = page.getByRole('dialog', { name: 'Filtr' });
  await menu.getByRole('button', { name, exact: true }).click();
  return menu;
}

const shownCount = async ({ page }: DeskPage): Promise<number> => {
  const words = await page.getByText(/^[0-9\s]+ klient(ów|a)?$/).innerText();
  return Number(words.replace(/\D/g, ''));
};

// Whole journeys, each with the rules of accessibility along its way.
test.slow();

/** How many customers this office has: journeys before these may have imported some. */
let everybody = 0;

test.beforeEach(async ({ desk, office }) => {
  const root = await office.connect();
  everybody = Number((await root.query('select count(*) from ibok.customer_search')).rows[0].count);
  await root.end();
  await desk.signIn('s_anna');
  await openList(desk);
});

test('columns are chosen, moved and sized, and a saved view brings all of it back', async ({ desk, office }) => {
  const { page } = desk;
  await page.getByRole('button', { name: 'Kolumny' }).click();
  const chooser = page.getByRole('dialog', { name: 'Kolumny' });
  await chooser.getByRole('checkbox', { name: 'Miejscowość' }).check();
  await chooser.getByRole('checkbox', { name: 'Kod' }).uncheck();
  await expect(chooser.getByRole('checkbox', { name: 'Nr klienta' })).toBeDisabled();
  await desk.expectAccessible();
  await page.keyboard.press('Escape');
  await expect(chooser).toHaveCount(0);

  // By keys: the head is one stop, arrows go from button to button, Ctrl moves and Shift sizes.
  const points = head(desk, 'Punkty').getByRole('button').first();
  await points.focus();
  await page.keyboard.press('Control+ArrowLeft');
  const before = (await head(desk, 'Adres').boundingBox())?.width ?? 0;
  await head(desk, 'Adres').getByRole('button').first().focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(async () => (await head(desk, 'Adres').boundingBox())?.width).toBeLessThan(before);
  // By mouse: the edge of a head cell is dragged.
  const name = head(desk, 'Nazwa');
  const box = await name.boundingBox();
  if (!box) throw new Error('no head');
  await page.mouse.move(box.x + box.width - 3, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 300, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  await expect.poll(async () => Math.round((await name.boundingBox())?.width ?? 0)).toBe(303);

  const arranged = await heads(desk);
  expect(arranged).toEqual([
    'Nr klienta',
    'Nazwa',
    'Adres',
    'Punkty',
    'Miejscowość',
    'Sposób kontaktu',
    'Notatka biura',
  ]);
  await page.getByRole('button', { name: /Widok zwykły/ }).click();
  await expect(page.getByRole('button', { name: /Widok zwykły.*zmieniony/ })).toBeVisible();
  await page.getByRole('menuitem', { name: 'Zapisz jako nowy…' }).click();
  const naming = page.getByRole('dialog', { name: 'Nowy widok' });
  await naming.getByRole('textbox', { name: 'Nazwa widoku' }).fill('Mój układ');
  await desk.expectAccessible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Mój układ' })).toBeVisible();

  // A new sign-in knows nothing but what was saved.
  await page.reload();
  await desk.goTo('Klienci');
  expect(await heads(desk)).toEqual([
    'Nr klienta',
    'Nazwa',
    'Adres',
    'Kod',
    'Punkty',
    'Sposób kontaktu',
    'Notatka biura',
  ]);
  await page.getByRole('button', { name: 'Widok zwykły' }).click();
  await page.getByRole('menuitemradio', { name: 'Mój układ' }).click();
  await expect.poll(() => heads(desk)).toEqual(arranged);
  await expect.poll(async () => Math.round((await name.boundingBox())?.width ?? 0)).toBe(303);
  await expect(page).toHaveURL(/view=/);

  // Removing it takes it away for good.
  await page.getByRole('button', { name: 'Mój układ' }).click();
  await page.getByRole('menuitem', { name: 'Usuń widok' }).click();
  await page.getByRole('dialog', { name: 'Usunąć widok?' }).getByRole('button', { name: 'Usuń widok' }).click();
  await expect(page.getByRole('button', { name: 'Widok zwykły' })).toBeVisible();
  const root = await office.connect();
  const { rows } = await root.query(`select from ibok.saved_views where name = 'Mój układ'`);
  await root.end();
  expect(rows).toEqual([]);
});

test('every kind of filter narrows the list to exactly what the database has', async ({ desk, office }) => {
  const { page } = desk;
  const root = await office.connect();
  const count = async (condition: string) =>
    (await root.query<{ count: number }>(`select count(*)::int as count from ibok.customer_search where ${condition}`))
      .rows[0]?.count ?? -1;
  const expectCount = async (condition: string) => {
    const wanted = await count(condition);
    expect(wanted).toBeGreaterThan(0);
    expect(wanted).toBeLessThan(everybody);
    await expect.poll(() => shownCount(desk)).toBe(wanted);
  };
  const clear = async () => {
    await page.getByRole('button', { name: 'Wyczyść filtry' }).click();
    await expect.poll(() => shownCount(desk)).toBe(everybody);
  };

  // Text, in the menu of the column; the form has the focus and Enter applies it.
  const address = await openColumn(desk, 'Adres');
  await expect(address.getByRole('textbox', { name: 'Adres' })).toBeFocused();
  await desk.expectAccessible();
  await page.keyboard.type('zwirowa');
  await page.keyboard.press('Enter');
  await expectCount(`ibok.fold(address) like '%zwirowa%'`);
  await expect(page.getByRole('button', { name: 'Adres: zawiera „zwirowa”' })).toBeVisible();
  await expect(page).not.toHaveURL(/zwirowa/i);
  await clear();

  // Several values.
  const kind = await addFilter(desk, 'Rodzaj');
  await kind.getByRole('checkbox', { name: 'Firma' }).check();
  await kind.getByRole('button', { name: 'Zastosuj' }).click();
  await expectCount(`kind = 'company'`);
  const city = await addFilter(desk, 'Miejscowość');
  await city.getByRole('combobox', { name: 'Miejscowość', exact: true }).fill('kart');
  await page.getByRole('option', { name: 'Kartuzy' }).click();
  await city.getByRole('button', { name: 'Zastosuj' }).click();
  await expectCount(`kind = 'company' and city = 'Kartuzy'`);
  await page.getByRole('button', { name: 'Usuń filtr kolumny Rodzaj' }).click();
  await expectCount(`city = 'Kartuzy'`);
  await clear();

  // A range; ends that cross are said in place.
  const points = await openColumn(desk, 'Punkty');
  await points.getByRole('textbox', { name: 'Od' }).fill('3');
  await points.getByRole('textbox', { name: 'Do' }).fill('2');
  await expect(points.getByText('Podaj liczby')).toBeVisible();
  await expect(points.getByRole('button', { name: 'Zastosuj' })).toBeDisabled();
  await points.getByRole('textbox', { name: 'Od' }).fill('2');
  await points.getByRole('textbox', { name: 'Do' }).fill('');
  await page.keyboard.press('Enter');
  await expectCount('point_count >= 2');
  await clear();

  // Dates, typed.
  const [middle] = (
    await root.query<{ day: string }>(
      `select to_char(percentile_disc(0.5) within group (order by customer_since), 'DD.MM.YYYY') as day
         from ibok.customer_search`,
    )
  ).rows;
  const since = await addFilter(desk, 'Klient od');
  await since.getByRole('textbox', { name: 'Od dnia' }).fill(middle?.day ?? '');
  // The open calendar stands beside the form, not over its button.
  await since.getByRole('button', { name: 'Zastosuj' }).click();
  await expectCount(`customer_since >= to_date('${middle?.day}', 'DD.MM.YYYY')`);
  await clear();

  // Empty and filled in.
  const contact = await openColumn(desk, 'Sposób kontaktu');
  await contact.getByRole('combobox').selectOption({ label: 'wypełnione' });
  await contact.getByRole('button', { name: 'Zastosuj' }).click();
  await expectCount('preferred_contact is not null');
  await page.getByRole('button', { name: 'Sposób kontaktu: wypełnione' }).click();
  const chip = page.getByRole('dialog', { name: 'Sposób kontaktu: wypełnione' });
  await chip.getByRole('combobox').selectOption({ label: 'puste' });
  await chip.getByRole('button', { name: 'Zastosuj' }).click();
  await expectCount('preferred_contact is null');
  await root.end();
});

test('a pinned view stands in the navigation with its count, opens, and leaves when it is unpinned', async ({
  desk,
}) => {
  const { page } = desk;
  const kind = await addFilter(desk, 'Rodzaj');
  await kind.getByRole('checkbox', { name: 'Firma' }).check();
  await kind.getByRole('button', { name: 'Zastosuj' }).click();
  const companies = await expect
    .poll(() => shownCount(desk))
    .toBeLessThan(everybody)
    .then(() => shownCount(desk));
  await page.getByRole('button', { name: /Widok zwykły/ }).click();
  await page.getByRole('menuitem', { name: 'Zapisz jako nowy…' }).click();
  await page.keyboard.type('Same firmy');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Same firmy' }).click();
  await page.getByRole('menuitem', { name: 'Przypnij w nawigacji' }).click();
  const pinned = page.getByRole('navigation').getByRole('link', { name: `Same firmy ${companies}` });
  await expect(pinned).toBeVisible();

  await desk.goTo('Pulpit');
  await pinned.click();
  await expect.poll(() => shownCount(desk)).toBe(companies);
  await expect(pinned).toHaveAttribute('aria-current', 'page');
  await desk.expectAccessible();
  await page.getByRole('button', { name: 'Same firmy' }).click();
  await page.getByRole('menuitem', { name: 'Odepnij z nawigacji' }).click();
  await expect(pinned).toHaveCount(0);
});

test('a bulk act on "all matching minus 3" touches exactly those, and one undo takes it back', async ({
  desk,
  office,
}) => {
  const { page } = desk;
  const root = await office.connect();
  const state = async () =>
    (
      await root.query<{ no: string; note: string | null }>(
        'select customer_no as no, office_note as note from ibok.customers order by id',
      )
    ).rows;
  const before = await state();
  const kind = await addFilter(desk, 'Rodzaj');
  await kind.getByRole('checkbox', { name: 'Osoba' }).check();
  await kind.getByRole('button', { name: 'Zastosuj' }).click();
  await expect.poll(() => shownCount(desk)).toBeLessThan(everybody);
  const people = await shownCount(desk);

  await grid(desk).focus();
  await page.keyboard.press('Control+a');
  await expect(page.getByText(`Zaznaczono ${people} (wszystkie pasujące)`)).toBeVisible();
  for (const step of ['Space', 'ArrowDown', 'Space', 'ArrowDown', 'Space']) await page.keyboard.press(step);
  await expect(page.getByText(`Zaznaczono ${people - 3} (wszystkie pasujące oprócz 3)`)).toBeVisible();
  await expect(grid(desk)).toHaveAttribute('aria-multiselectable', 'true');
  const spared = await grid(desk)
    .locator('[role=row][aria-selected=false]')
    .evaluateAll((rows) => rows.map((row) => row.querySelectorAll('[role=gridcell]')[1]?.textContent));
  expect(spared).toHaveLength(3);
  await desk.expectAccessible();

  await page.getByRole('button', { name: 'Zmień zaznaczone' }).click();
  await page.getByRole('menuitem', { name: 'Ustaw notatkę biura' }).click();
  const drawer = page.getByRole('dialog', { name: 'Ustaw notatkę biura' });
  await drawer.getByRole('textbox', { name: 'Nowa notatka' }).fill('akcja wiosenna');
  await desk.expectAccessible();
  await page.keyboard.press('Enter');
  await expect(drawer.getByText(new RegExp(`Zmienisz ${people - 3} klient`))).toBeVisible();
  // What acts is never what the focus lies on.
  await expect(drawer.getByRole('button', { name: 'Wróć' })).toBeFocused();
  await drawer.getByRole('button', { name: new RegExp(`Zmień ${people - 3}`) }).click();
  await expect(drawer.getByText(`Zmienione: ${people - 3}`).first()).toBeVisible();
  await desk.expectAccessible();

  const changed = (await state()).filter(({ note }) => note === 'akcja wiosenna').map(({ no }) => no);
  expect(changed).toHaveLength(people - 3);
  for (const no of spared) expect(changed).not.toContain(no);
  const { rows: events } = await root.query<{ count: number }>(
    `select count(distinct events.row_id)::int as count
       from audit.events join audit.event_values as said on said.event_id = events.id
      where table_name = 'customers' and login = 's_anna' and said.changes::text like '%akcja wiosenna%'`,
  );
  expect(events[0]?.count).toBe(people - 3);

  await drawer.getByRole('button', { name: 'Cofnij całość' }).click();
  await expect(drawer.getByText(new RegExp(`Cofnięto ${people - 3} zmian`))).toBeVisible();
  expect(await state()).toEqual(before);
  await drawer.getByRole('button', { name: 'Zamknij' }).last().click();
  await expect(page.getByText(/^Zaznaczono/)).toHaveCount(0);
  await root.end();
});

test('another filter is another list: what was chosen in the last one is not carried over', async ({ desk }) => {
  const { page } = desk;
  await grid(desk).focus();
  await page.keyboard.press('Control+a');
  await expect(page.getByText(`Zaznaczono ${everybody} (wszystkie pasujące)`)).toBeVisible();
  await page.getByRole('textbox', { name: 'Filtruj po słowach' }).fill('kartuzy');
  await expect(page.getByText(/^Zaznaczono/)).toHaveCount(0);
});

test('a cell is edited in place by keys; the same cell changed by a second clerk asks', async ({
  desk,
  anotherDesk,
  office,
}) => {
  const { page } = desk;
  const cell = (of: DeskPage) => grid(of).getByRole('row').filter({ hasText: '000031' }).getByRole('gridcell').last();
  const only = async (of: DeskPage) => {
    await of.page.getByRole('textbox', { name: 'Filtruj po słowach' }).fill('000031');
    await expect(of.page.getByText('1 klient', { exact: true })).toBeVisible();
    await grid(of).focus();
  };
  const other = await anotherDesk();
  await other.signIn('s_barbara');
  await openList(other);
  await only(desk);
  await only(other);

  // F2 opens the first field of the row that can be edited, Tab stores it and goes on, Enter stores, Esc leaves.
  await page.keyboard.press('F2');
  await expect(page.getByRole('combobox', { name: /Sposób kontaktu: 000031/ })).toBeFocused();
  await page.keyboard.press('l');
  await desk.expectAccessible();
  await page.keyboard.press('Tab');
  const note = page.getByRole('textbox', { name: /Notatka biura: 000031/ });
  await expect(note).toBeFocused();
  await page.keyboard.type('dzwonić po 16');
  await page.keyboard.press('Enter');
  await expect(cell(desk)).toHaveText('dzwonić po 16');
  await expect(grid(desk)).toBeFocused();
  await expect(cell(other)).toHaveText('dzwonić po 16');
  // One's own value just stored is no conflict; what Esc leaves is not stored.
  await page.keyboard.press('F2');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('dzwonić po 17');
  await page.keyboard.press('Enter');
  await expect(cell(desk)).toHaveText('dzwonić po 17');
  await page.keyboard.press('F2');
  await page.keyboard.type('!');
  await page.keyboard.press('Escape');
  await expect(cell(desk)).toHaveText('dzwonić po 17');
  await expect(cell(other)).toHaveText('dzwonić po 17');

  // Both begin with the same value.
  await cell(other).dblclick();
  await cell(desk).dblclick();
  await note.fill('moje');
  const theirs = other.page.getByRole('textbox', { name: /Notatka biura: 000031/ });
  await theirs.fill('cudze');
  await theirs.press('Enter');
  await expect(cell(other)).toHaveText('cudze');
  await note.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Ktoś inny zmienił te same pola' });
  await expect(dialog.getByRole('radio', { name: 'Zapisana przez inną osobę: cudze' })).toBeVisible();
  await expect(dialog.getByRole('radio', { name: 'Sprzed obu zmian: dzwonić po 17' })).toBeVisible();
  await desk.expectAccessible();
  await dialog.getByRole('radio', { name: 'Moja wartość: moje' }).click();
  await dialog.getByRole('button', { name: 'Zapisz wybrane' }).click();
  await expect(cell(desk)).toHaveText('moje');
  await expect(cell(other)).toHaveText('moje');

  const root = await office.connect();
  const { rows } = await root.query(
    `select preferred_contact, office_note from ibok.customers where customer_no = '000031'`,
  );
  expect(rows).toEqual([{ preferred_contact: 'letter', office_note: 'moje' }]);
  await root.query(
    `update ibok.customers set preferred_contact = null, office_note = null where customer_no = '000031'`,
  );
  await root.end();
});

test('an export holds exactly as many rows as the list counts, all of them or the chosen ones', async ({ desk }) => {
  const { page } = desk;
  const exported = async (item: string) => {
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Eksport i druk' }).click();
    await page.getByRole('menuitem', { name: item }).click();
    const file = await saved;
    const dialog = page.getByRole('dialog', { name: 'Eksport i druk' });
    await expect(dialog.getByText(/Plik zawiera/)).toBeVisible();
    await desk.expectAccessible();
    await dialog.getByRole('button', { name: 'Zamknij' }).last().click();
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
    return { name: file.suggestedFilename(), bytes: Buffer.concat(chunks) };
  };
  const all = await exported('CSV do Excela');
  expect(all.name).toMatch(/^Klienci.*\.csv$/);
  const lines = all.bytes
    .toString('utf8')
    .replace(/\r?\n$/, '')
    .split(/\r?\n/);
  expect(lines).toHaveLength(everybody + 1);
  expect(lines[0]).toContain('Nr klienta');
  expect(lines[0]).not.toContain('Klient od');

  await page.getByRole('textbox', { name: 'Filtruj po słowach' }).fill('kartuzy');
  await expect.poll(() => shownCount(desk)).toBeLessThan(everybody);
  const matching = await shownCount(desk);
  await grid(desk).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Space');
  await expect(page.getByText(/oprócz 1\)/)).toBeVisible();
  const chosen = await exported('CSV do Excela');
  expect(
    chosen.bytes
      .toString('utf8')
      .replace(/\r?\n$/, '')
      .split(/\r?\n/),
  ).toHaveLength(matching);
  expect((await exported('Excel (XLSX)')).bytes.subarray(0, 2).toString()).toBe('PK');
});

test('the list is printed whole: every row, the columns on screen, and by what it was filtered', async ({ desk }) => {
  const { page } = desk;
  await page.evaluate(() => {
    window.print = () => {
      const paper = document.querySelector('.ibok-print');
      document.title = JSON.stringify({
        head: paper?.querySelector('h1')?.textContent,
        about: paper?.querySelector('p')?.textContent,
        columns: [...(paper?.querySelectorAll('th') ?? [])].map((cell) => cell.textContent),
        rows: paper?.querySelectorAll('tbody tr').length,
      });
    };
  });
  await page.getByRole('textbox', { name: 'Filtruj po słowach' }).fill('kartuzy');
  await expect.poll(() => shownCount(desk)).toBeLessThan(everybody);
  const matching = await shownCount(desk);
  await grid(desk).focus();
  await page.keyboard.press('Control+p');
  await expect.poll(async () => page.title()).toContain('"rows"');
  const paper = JSON.parse(await page.title()) as { head: string; about: string; columns: string[]; rows: number };
  expect(paper).toMatchObject({ head: 'Klienci', columns: await heads(desk), rows: matching });
  expect(paper.about).toContain('Słowa: kartuzy');
  // The screen is itself again.
  await expect(page.locator('.ibok-print')).toHaveCount(0);
});

test('Caps Lock and AltGr: what they type on a Polish keyboard chooses and walks nothing by mistake', async ({
  desk,
}) => {
  const { page } = desk;
  await grid(desk).focus();
  const active = grid(desk).locator('[role=row][data-active]');
  const first = await active.innerText();
  // AltGr+A types ą: reported as Ctrl+Alt on Windows.
  await grid(desk).dispatchEvent('keydown', { key: 'ą', code: 'KeyA', ctrlKey: true, altKey: true, bubbles: true });
  await expect(page.getByText(/^Zaznaczono/)).toHaveCount(0);
  // With Caps Lock on, J is still the key of the next row.
  await grid(desk).dispatchEvent('keydown', { key: 'J', code: 'KeyJ', bubbles: true });
  await expect(active).not.toHaveText(first);
});
