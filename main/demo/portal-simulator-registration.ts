import { randomUUID } from 'node:crypto';
import { field, Html, html, page } from './portal-simulator-html';
import { sentenceOf } from './portal-simulator-refusals';
import type { Deed, Visitor } from './portal-simulator-visitor';

interface ApplicationForm {
  regulations: { id: string; label: string; effectiveOn: string } | null;
  clauses: { key: string; title: string; body: string; mandatory: boolean }[];
}

const formOf = (visitor: Visitor) => visitor.call<ApplicationForm>('portal.application_form()', []);

/** The empty form; its request id makes two clicks one application. */
export async function showRegistration(visitor: Visitor): Promise<Deed> {
  return { html: render(await formOf(visitor), new URLSearchParams({ requestId: randomUUID() }), null) };
}

/** Sends the application and says its number, or shows the form again with what is wrong. */
export async function register(visitor: Visitor, form: URLSearchParams): Promise<Deed> {
  try {
    const made = await visitor.call<{ number: string; dueTo: string }>('portal.register($1::jsonb)', [
      JSON.stringify(application(form)),
    ]);
    return {
      html: page(
        'Wniosek przyjęty',
        html`<p>Numer wniosku: <strong>${made.number}</strong></p><p>Termin rozpatrzenia: ${made.dueTo}. Potwierdzenie
          wysłaliśmy na podany adres e-mail; po zatwierdzeniu wniosku przyjdzie odnośnik aktywacyjny.</p>`,
        { signedIn: false },
      ),
    };
  } catch (error) {
    return { status: 422, html: render(await formOf(visitor), form, sentenceOf(error)) };
  }
}

const OPTIONAL = ['phone', 'street', 'houseNo', 'flatNo', 'postalCode', 'city'] as const;

/** The form as `portal.register` takes it. */
function application(form: URLSearchParams): Record<string, unknown> {
  const text = (name: string) => form.get(name) ?? '';
  const method = text('method');
  const identity =
    method === 'invoice'
      ? { method, invoiceNo: text('invoiceNo'), grossGrosze: groszeOf(text('gross')) }
      : { method, [method]: text('number') };
  return {
    requestId: text('requestId'),
    firstName: text('firstName'),
    lastName: text('lastName'),
    email: text('email'),
    relation: text('relation'),
    customerNo: text('customerNo'),
    regulationVersionId: text('regulationVersionId'),
    clauses: form.getAll('clause'),
    identity,
    ...Object.fromEntries(OPTIONAL.filter((name) => text(name).trim() !== '').map((name) => [name, text(name)])),
  };
}

/** `123,45` → 12345; anything else is sent as it was typed, and refused. */
function groszeOf(typed: string): number | string {
  const match = /^\s*(\d{1,9})(?:[.,](\d{2}))?\s*$/.exec(typed);
  return match ? Number(match[1]) * 100 + Number(match[2] ?? '0') : typed;
}

function render(form: ApplicationForm, typed: URLSearchParams, wrong: string | null): string {
  const value = (name: string) => typed.get(name) ?? undefined;
  const line = (
    name: string,
    label: string,
    more: { type?: 'email' | 'tel'; required?: boolean; hint?: string } = {},
  ) => field({ name, label, value: value(name), ...more });
  const chosen = (name: string, option: string) => (value(name) === option ? new Html(' selected') : null);
  const options = (name: string, words: Record<string, string>) =>
    Object.entries(words).map(([key, label]) => html`<option value="${key}"${chosen(name, key)}>${label}</option>`);
  const given = new Set(typed.getAll('clause'));
  const body = html`<form method="post" action="/wniosek">
    <input type="hidden" name="requestId" value="${value('requestId')}">
    <input type="hidden" name="regulationVersionId" value="${form.regulations?.id}">
    <fieldset><legend>Wnioskodawca</legend>
      ${line('firstName', 'Imię', { required: true })}${line('lastName', 'Nazwisko', { required: true })}
      ${line('email', 'E-mail', { type: 'email', required: true })}${line('phone', 'Telefon', { type: 'tel' })}
      ${line('street', 'Ulica')}${line('houseNo', 'Nr domu')}${line('flatNo', 'Nr lokalu')}
      ${line('postalCode', 'Kod pocztowy')}${line('city', 'Miejscowość')}
    </fieldset>
    <fieldset><legend>Umowa i tożsamość</legend>
      <label>Składam wniosek jako<select name="relation">${options('relation', {
        holder: 'odbiorca',
        manager: 'zarządca nieruchomości',
        proxy: 'pełnomocnik',
      })}</select></label>
      ${line('customerNo', 'Numer klienta', { required: true })}
      <label>Potwierdzam tożsamość przez<select name="method">${options('method', {
        invoice: 'numer i kwotę jednej z trzech ostatnich faktur',
        pesel: 'numer PESEL',
        nip: 'numer NIP',
      })}</select></label>
      ${line('invoiceNo', 'Numer faktury', { hint: 'Tylko przy potwierdzeniu fakturą.' })}
      ${line('gross', 'Kwota brutto, zł', { hint: 'Np. 123,45.' })}
      ${field({ name: 'number', label: 'PESEL albo NIP', hint: 'Porównamy go z umową i nie zapiszemy.' })}
    </fieldset>
    <fieldset><legend>Oświadczenia${form.regulations ? ` (Regulamin ${form.regulations.label})` : ''}</legend>
      ${form.clauses.map(
        ({ key, title, body: text, mandatory }) =>
          html`<label class="check"><input type="checkbox" name="clause" value="${key}"${
            given.has(key) ? new Html(' checked') : null
          }${mandatory ? new Html(' required') : null}><span><strong>${title}.</strong> ${text}</span></label>`,
      )}
    </fieldset>
    <button>Wyślij wniosek</button></form>`;
  return page('Wniosek o konto', body, { signedIn: false, said: wrong, wrong: true });
}
