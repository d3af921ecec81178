import { activate, confirmEmail, signIn, signOut } from './portal-simulator-access';
import { account, changeAccount } from './portal-simulator-account';
import { html, page } from './portal-simulator-html';
import { meters } from './portal-simulator-meters';
import { register, showRegistration } from './portal-simulator-registration';
import type { Deed, Visitor } from './portal-simulator-visitor';

/** The page of a path; a form is what was sent to it. */
export async function answerPage(visitor: Visitor, path: string, form: URLSearchParams | null): Promise<Deed> {
  const signedIn = await stillSignedIn(visitor);
  if (path === '/') return home(signedIn);
  if (path === '/wniosek') return form ? register(visitor, form) : showRegistration(visitor);
  if (path === '/aktywacja') return activate(visitor, form);
  if (path === '/potwierdzenie') return confirmEmail(visitor, form);
  if (path === '/logowanie') return signIn(visitor, form);
  if (path === '/wyloguj' && form) return signOut(visitor);
  if (path === '/konto' && !signedIn) return { to: '/logowanie' };
  if (path === '/konto') return form ? changeAccount(visitor, form) : account(visitor);
  if (path === '/wodomierze') return signedIn ? meters(visitor, form) : { to: '/logowanie' };
  return { status: 404, html: page('Nie ma takiej strony', html`<p><a href="/">Strona główna</a></p>`, { signedIn }) };
}

/** A block, a deletion or another password ends a session at once: the database is asked at each page. */
async function stillSignedIn({ account, session, call }: Visitor): Promise<boolean> {
  if (account === null || session === null) return false;
  return call<boolean>('portal.keep_session($1::bigint, $2::uuid)', [account, session]);
}

function home(signedIn: boolean): Deed {
  return {
    html: page(
      'Internetowe Biuro Obsługi Klienta',
      html`<p>To jest symulator: zastępuje portal klientów w biurze demo i korzysta wyłącznie z funkcji schematu
        <code>portal</code>. Dane są zmyślone, a wiadomości nie opuszczają tego komputera.</p>
        <ul><li><a href="/wniosek">Złóż wniosek o konto</a></li><li><a href="/aktywacja">Aktywuj konto</a></li>
        <li><a href="/logowanie">Zaloguj się</a></li></ul>`,
      { signedIn },
    ),
  };
}
