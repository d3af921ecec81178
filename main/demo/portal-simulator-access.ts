import { randomUUID } from 'node:crypto';
import { field, html, page } from './portal-simulator-html';
import { hashPassword, passwordFits } from './portal-simulator-password';
import { sentenceOf } from './portal-simulator-refusals';
import type { Deed, Visitor } from './portal-simulator-visitor';

const SHORTEST_PASSWORD = 12;

/** The token of a link, or of what was pasted: a link's part behind # never reaches a server by itself. */
function tokenOf(pasted: string): string {
  return pasted.trim().replace(/^.*#/, '');
}

const linkField = field({
  name: 'link',
  label: 'Odnośnik z wiadomości',
  required: true,
  hint: 'Wklej cały adres z e-maila. Część po znaku # zna tylko przeglądarka, a ten symulator nie używa skryptów.',
});

/** Sets the first or a forgotten password by the link of the activation mail. */
export async function activate(visitor: Visitor, form: URLSearchParams | null): Promise<Deed> {
  const show = (said: string | null): Deed => ({
    ...(said ? { status: 422 } : {}),
    html: page(
      'Aktywacja konta',
      html`<form method="post" action="/aktywacja">${linkField}
        ${field({ name: 'password', label: 'Nowe hasło', type: 'password', required: true, hint: 'Co najmniej 12 znaków.' })}
        ${field({ name: 'again', label: 'Powtórz hasło', type: 'password', required: true })}
        <button>Aktywuj</button></form>`,
      { signedIn: false, said, wrong: true },
    ),
  });
  if (!form) return show(null);
  const password = form.get('password') ?? '';
  if (password.length < SHORTEST_PASSWORD) return show('Hasło jest za krótkie.');
  if (password !== form.get('again')) return show('Hasła różnią się.');
  try {
    const { login } = await visitor.call<{ login: string }>('portal.activate($1, $2)', [
      tokenOf(form.get('link') ?? ''),
      await hashPassword(password),
    ]);
    return {
      html: page(
        'Konto aktywne',
        html`<p>Login: <strong>${login}</strong></p><p><a href="/logowanie">Zaloguj się</a></p>`,
        {
          signedIn: false,
          said: 'Konto zostało aktywowane.',
        },
      ),
    };
  } catch (error) {
    return show(sentenceOf(error));
  }
}

/** Confirms a new e-mail address by the link sent to it. */
export async function confirmEmail(visitor: Visitor, form: URLSearchParams | null): Promise<Deed> {
  const show = (said: string | null, wrong = true): Deed => ({
    ...(said && wrong ? { status: 422 } : {}),
    html: page(
      'Potwierdzenie adresu e-mail',
      html`<form method="post" action="/potwierdzenie">${linkField}<button>Potwierdź</button></form>`,
      { signedIn: visitor.account !== null, said, wrong },
    ),
  });
  if (!form) return show(null);
  try {
    const { email } = await visitor.call<{ email: string }>('portal.confirm_email($1)', [
      tokenOf(form.get('link') ?? ''),
    ]);
    return show(`Adres ${email} został potwierdzony.`, false);
  } catch (error) {
    return show(sentenceOf(error));
  }
}

/** Signs in; one answer and one duration for a wrong login and a wrong password. */
export async function signIn(visitor: Visitor, form: URLSearchParams | null): Promise<Deed> {
  const show = (said: string | null): Deed => ({
    ...(said ? { status: 422 } : {}),
    html: page(
      'Logowanie',
      html`<form method="post" action="/logowanie">${field({ name: 'login', label: 'Login', required: true })}
        ${field({ name: 'password', label: 'Hasło', type: 'password', required: true })}<button>Zaloguj</button></form>`,
      { signedIn: false, said, wrong: true },
    ),
  });
  if (!form) return show(null);
  const known = await visitor.call<{ account: string | number | null; passwordHash: string | null }>(
    'portal.credentials($1)',
    [form.get('login') ?? ''],
  );
  const fits = await passwordFits(form.get('password') ?? '', known.passwordHash);
  if (known.account === null) return show('Login lub hasło jest błędne.');
  const account = String(known.account);
  const session = randomUUID();
  const { signedIn } = await visitor.call<{ signedIn: boolean }>(
    'portal.record_sign_in($1::bigint, $2, $3::inet, $4, $5::uuid)',
    [account, fits ? 'ok' : 'wrong_password', visitor.address, visitor.agent, fits ? session : null],
  );
  return signedIn ? { to: '/konto', signedIn: { account, session } } : show('Login lub hasło jest błędne.');
}

export async function signOut({ account, session, call }: Visitor): Promise<Deed> {
  // An account that was blocked meanwhile has no session to end.
  if (account && session) await call('portal.sign_out($1::bigint, $2::uuid)', [account, session]).catch(sentenceOf);
  return { to: '/', signedOut: true };
}
