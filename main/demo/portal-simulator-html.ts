/** Text as HTML shows it, in content and in attributes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Markup made of a template; values are escaped unless they are markup already. */
export class Html {
  constructor(readonly text: string) {}
}

type Value = string | number | null | undefined | false | Html | readonly Html[];

export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  const text = parts.reduce((made, part, place) => made + part + markup(values[place]), '');
  return new Html(text);
}

function markup(value: Value): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('');
  return escaped(String(value));
}

interface Field {
  name: string;
  label: string;
  value?: string | undefined;
  type?: 'text' | 'email' | 'password' | 'tel';
  required?: boolean;
  hint?: string;
}

/** A labelled line of a form. */
export function field({ name, label, value = '', type = 'text', required = false, hint }: Field): Html {
  return html`<label>${label}${hint ? html`<small>${hint}</small>` : null}<input name="${name}" type="${type}" value="${value}"
    autocomplete="off"${required ? new Html(' required') : null}></label>`;
}

/** A whole page; `said` is what the last act answered. */
export function page(
  title: string,
  body: Html,
  options: { signedIn: boolean; said?: string | null; wrong?: boolean },
): string {
  const { signedIn, said, wrong = false } = options;
  const places = signedIn
    ? html`<a href="/konto">Moje konto</a><a href="/wodomierze">Moje wodomierze</a><form method="post" action="/wyloguj"><button>Wyloguj</button></form>`
    : html`<a href="/wniosek">Wniosek o konto</a><a href="/aktywacja">Aktywacja</a><a href="/logowanie">Logowanie</a>`;
  return html`${new Html('<!doctype html>')}<html lang="pl"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} – IBOK (symulator)</title>
<link rel="stylesheet" href="/portal.css"></head><body>
<header><strong>IBOK</strong> <span>symulator portalu biura demo</span><nav>${places}</nav></header>
<main><h1>${title}</h1>${said ? html`<p role="${wrong ? 'alert' : 'status'}" class="${wrong ? 'wrong' : 'right'}">${said}</p>` : null}
${body}</main></body></html>`.text;
}

/** Everything the pages look like. */
export const STYLE = `
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: #1b2b2f; background: #f3f6f6; }
header { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; padding: .75rem 1.25rem; background: #0b5360; color: #fff; }
header span { opacity: .85; }
nav { display: flex; gap: 1rem; align-items: center; margin-left: auto; }
nav a { color: #fff; }
main { max-width: 44rem; margin: 1.5rem auto; padding: 1.25rem 1.5rem; background: #fff; border-radius: .5rem; }
h1 { margin-top: 0; font-size: 1.5rem; }
h2 { margin: 1.5rem 0 .5rem; font-size: 1.1rem; }
form { display: grid; gap: .75rem; }
nav form { display: block; }
fieldset { display: grid; gap: .75rem; padding: .75rem 1rem; border: 1px solid #c9d5d7; border-radius: .375rem; }
label { display: grid; gap: .25rem; font-weight: 600; }
label.check { display: flex; gap: .5rem; align-items: start; font-weight: 400; }
label.check input { flex: none; margin-top: .3rem; }
small { font-weight: 400; color: #4a5d61; }
input, select, textarea { padding: .4rem .5rem; font: inherit; border: 1px solid #8aa0a4; border-radius: .25rem; }
button { justify-self: start; padding: .45rem 1rem; font: inherit; font-weight: 600; color: #fff; background: #0b5360; border: 0; border-radius: .25rem; }
nav button { padding: 0; font-weight: 400; text-decoration: underline; background: none; }
:focus-visible { outline: 3px solid #e0a100; outline-offset: 1px; }
.right, .wrong { padding: .5rem .75rem; border-radius: .25rem; }
.right { background: #e2f3e6; }
.wrong { background: #fbe4e1; }
dl { display: grid; grid-template-columns: 12rem 1fr; gap: .25rem 1rem; }
dt { color: #4a5d61; }
dd { margin: 0; }`;
