import { field, html, page } from './portal-simulator-html';
import { hashPassword } from './portal-simulator-password';
import { sentenceOf } from './portal-simulator-refusals';
import type { Deed, Visitor } from './portal-simulator-visitor';

interface Profile {
  login: string;
  firstName: string;
  lastName: string;
  email: string;
  newEmail: string | null;
  customers: { id: string | number; customerNo: string; name: string; contact: Record<string, string | null> }[];
  regulations: { current: { id: string | number | null; label: string | null }; mustAccept: boolean };
  consents: { e_invoice: boolean };
  dataChanges: { request: string | number; status: string }[];
}

const STATES: Readonly<Record<string, string>> = {
  open: 'czeka',
  accepted: 'przyjęty',
  partly: 'przyjęty częściowo',
  rejected: 'odrzucony',
};

/** One's own account: what the office knows of it, and everything one may ask for. */
export async function account(visitor: Visitor, said: string | null = null, wrong = false): Promise<Deed> {
  const me = await visitor.call<Profile>('portal.my_profile($1::bigint)', [visitor.account]);
  const act = (what: string) => html`<input type="hidden" name="act" value="${what}">`;
  const body = html`<dl><dt>Login</dt><dd>${me.login}</dd><dt>Imię i nazwisko</dt><dd>${me.firstName} ${me.lastName}</dd>
      <dt>E-mail</dt><dd>${me.email}${me.newEmail ? ` (czeka na potwierdzenie: ${me.newEmail})` : ''}</dd>
      <dt>Klienci</dt><dd>${me.customers.map(({ customerNo, name }) => `${customerNo} ${name}`).join(', ')}</dd></dl>
    ${
      me.regulations.mustAccept &&
      html`<h2>Regulamin ${me.regulations.current.label}</h2><form method="post" action="/konto">
      ${act('regulations')}<input type="hidden" name="version" value="${me.regulations.current.id}">
      <button>Akceptuję nową wersję</button></form>`
    }
    <h2>E-faktura</h2><form method="post" action="/konto">${act('consent')}
      <input type="hidden" name="given" value="${me.consents.e_invoice ? 'no' : 'yes'}">
      <button>${me.consents.e_invoice ? 'Wycofuję zgodę' : 'Wyrażam zgodę'}</button></form>
    <h2>Zmiana danych kontaktowych</h2><form method="post" action="/konto">${act('change')}
      <label>Klient<select name="customer">${me.customers.map(
        ({ id, customerNo, name }) => html`<option value="${id}">${customerNo} ${name}</option>`,
      )}</select></label>
      ${field({ name: 'phone', label: 'Telefon', value: me.customers[0]?.contact.phone ?? '' })}
      ${field({ name: 'email', label: 'E-mail', type: 'email', value: me.customers[0]?.contact.email ?? '' })}
      <button>Poproś o zmianę</button></form>
    ${me.dataChanges.length > 0 && html`<p>Wnioski o zmianę danych: ${me.dataChanges.map(({ status }) => STATES[status] ?? status).join(', ')}.</p>`}
    <h2>Zmiana hasła</h2><form method="post" action="/konto">${act('password')}
      ${field({ name: 'password', label: 'Nowe hasło', type: 'password', required: true, hint: 'Co najmniej 12 znaków.' })}
      <button>Zmień hasło</button></form>
    <h2>Usunięcie konta</h2><form method="post" action="/konto">${act('delete')}
      ${field({ name: 'note', label: 'Uwagi' })}
      <label class="check"><input type="checkbox" name="sure" required> Chcę usunąć konto i tracę dostęp od razu.</label>
      <button>Poproś o usunięcie</button></form>`;
  return { ...(wrong ? { status: 422 } : {}), html: page('Moje konto', body, { signedIn: true, said, wrong }) };
}

/** Does what a form of the account's page asks for. */
export async function changeAccount(visitor: Visitor, form: URLSearchParams): Promise<Deed> {
  try {
    if (form.get('act') === 'delete') return await askDeletion(visitor, form);
    return await account(visitor, await doAct(visitor, form));
  } catch (error) {
    return account(visitor, sentenceOf(error), true);
  }
}

async function doAct({ account: id, session, call }: Visitor, form: URLSearchParams): Promise<string> {
  switch (form.get('act')) {
    case 'regulations':
      await call('portal.accept_regulations($1::bigint, $2::bigint)', [id, form.get('version')]);
      return 'Regulamin zaakceptowany.';
    case 'consent':
      await call('portal.set_consent($1::bigint, $2, $3)', [id, 'e_invoice', form.get('given') === 'yes']);
      return 'Zgoda zapisana.';
    case 'change': {
      const changes = { phone: form.get('phone') || null, email: form.get('email') || null };
      await call('portal.request_data_change($1::bigint, $2::bigint, $3::jsonb)', [
        id,
        form.get('customer'),
        JSON.stringify(changes),
      ]);
      return 'Prośba o zmianę danych wysłana.';
    }
    case 'password': {
      const password = form.get('password') ?? '';
      if (password.length < 12) return 'Hasło jest za krótkie.';
      await call('portal.change_password($1::bigint, $2, $3::uuid)', [id, await hashPassword(password), session]);
      return 'Hasło zmienione.';
    }
    default:
      return 'Nieznana czynność.';
  }
}

async function askDeletion({ account: id, call }: Visitor, form: URLSearchParams): Promise<Deed> {
  const { number, dueOn } = await call<{ number: string; dueOn: string }>('portal.request_deletion($1::bigint, $2)', [
    id,
    form.get('note') || null,
  ]);
  return {
    signedOut: true,
    html: page(
      'Usunięcie konta',
      html`<p>Wniosek ${number} został przyjęty. Termin rozpatrzenia: ${dueOn}. Dostęp do konta jest już zablokowany.</p>`,
      { signedIn: false },
    ),
  };
}
