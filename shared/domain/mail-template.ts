/** A text of the office: it names fields as `{{field}}`, and a blank line begins a paragraph. */
export interface TemplateText {
  subject: string;
  body: string;
}

/** The office as it stands under each message. */
export interface Letterhead {
  name: string;
  lines: readonly string[];
  phone: string;
  email: string;
  website: string;
  /** Court, register and capital, which business letters must carry (Kodeks spółek handlowych, art. 206). */
  registerLine: string;
}

export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
}

/** What stands in the place of a secret for everybody but its recipient. */
export const HIDDEN_SECRET = '•••';
const SUBJECT_LENGTH = 200;
const LINK = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)]/g;
const BREAKS = /[\u0085\u2028\u2029]|\r\n?/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g;

interface Part {
  /** From the office's text, from a field, or a secret link. */
  from: 'text' | 'field' | 'secret';
  value: string;
}

/**
 * The message as subject, plain text and HTML. Values are put in once and never read for fields again; in HTML they are
 * escaped, and no link is made of them: only the office's own words and its secrets are links.
 * @param fields by name, days as ISO dates; a field that is missing stays in the text by its name.
 * @param secrets the names among them whose value is a link of the recipient alone.
 */
export function renderMail(
  { subject, body }: TemplateText,
  fields: Readonly<Record<string, string>>,
  { secrets = [], letterhead = null }: { secrets?: readonly string[]; letterhead?: Letterhead | null } = {},
): RenderedMail {
  const parts = partsOf(body, fields, secrets);
  const line = oneLine(
    partsOf(subject, fields, [])
      .map(({ value }) => value)
      .join(''),
  );
  const foot = letterhead ? footLines(letterhead) : [];
  const text = parts.map(({ value }) => value).join('');
  return {
    subject: line,
    text: foot.length > 0 ? `${text}\n\n-- \n${foot.join('\n')}\n` : `${text}\n`,
    html: page(line, parts.map(htmlOf).join(''), foot),
  };
}

/** The fields a text names, each once. */
export function fieldsOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{([a-z_]+)\}\}/g)].map(([, name = '']) => name))];
}

/** What is wrong with a text; the database refuses the same (`ibok.check_template_text`). */
export interface TemplateFaults {
  /** Fields the key does not know, by where they stand. */
  unknown: { subject: string[]; body: string[] };
  /** Braces that name no field. */
  stray: { subject: boolean; body: boolean };
  /** Secrets the body must name and does not. */
  missing: string[];
}

/** Compares a text with the fields of its key. Secrets may stand in the body alone. */
export function templateFaults(
  { subject, body }: TemplateText,
  { fields, secrets }: { fields: readonly string[]; secrets: readonly string[] },
): TemplateFaults {
  const stray = (text: string) => /\{\{|\}\}/.test(text.replace(/\{\{[a-z_]+\}\}/g, ''));
  const inBody = fieldsOf(body);
  return {
    unknown: {
      subject: fieldsOf(subject).filter((name) => !fields.includes(name)),
      body: inBody.filter((name) => !fields.includes(name) && !secrets.includes(name)),
    },
    stray: { subject: stray(subject), body: stray(body) },
    missing: secrets.filter((name) => !inBody.includes(name)),
  };
}

function partsOf(text: string, fields: Readonly<Record<string, string>>, secrets: readonly string[]): Part[] {
  return text.split(/(\{\{[a-z_]+\}\})/).map((piece): Part => {
    const name = /^\{\{([a-z_]+)\}\}$/.exec(piece)?.[1];
    const value = name !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (name === undefined || value === undefined) return { from: 'text', value: clean(piece) };
    return { from: secrets.includes(name) ? 'secret' : 'field', value: clean(inPolish(value)) };
  });
}

/** A day as people write it; anything else unchanged. */
function inPolish(value: string): string {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  return day ? `${day[3]}.${day[2]}.${day[1]}` : value;
}

function clean(value: string): string {
  return value.replace(BREAKS, '\n').replace(CONTROLS, '');
}

/** A header has one line: whatever breaks it becomes a space. */
function oneLine(value: string): string {
  return [...value.replace(/\s+/g, ' ').trim()].slice(0, SUBJECT_LENGTH).join('');
}

function htmlOf({ from, value }: Part): string {
  if (from === 'field') return escapeHtml(value);
  let html = '';
  let end = 0;
  for (const found of value.matchAll(LINK)) {
    const address = escapeHtml(found[0]);
    html += `${escapeHtml(value.slice(end, found.index))}<a href="${address}" style="color:#0b5fa5">${address}</a>`;
    end = found.index + found[0].length;
  }
  return html + escapeHtml(value.slice(end));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');
}

function footLines({ name, lines, phone, email, website, registerLine }: Letterhead): string[] {
  return [name, lines.join(', '), [phone, email, website].join(' · '), registerLine];
}

/** Styles stand in the elements: mail programs leave others out. `body` is HTML already, in which line ends still stand. */
function page(title: string, body: string, foot: readonly string[]): string {
  const paragraphs = body
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => `<p style="margin:0 0 16px">${paragraph.replaceAll('\n', '<br>\n')}</p>`);
  const footer =
    foot.length === 0
      ? ''
      : `<div style="margin-top:32px;border-top:1px solid #ccd3da;padding-top:12px;font-size:12px;color:#55616d">${foot
          .map(escapeHtml)
          .join('<br>\n')}</div>\n`;
  return `<!doctype html>
<html lang="pl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title></head>
<body style="margin:0;background:#ffffff">
<div style="max-width:600px;margin:0 auto;padding:24px;font:15px/1.5 Arial,Helvetica,sans-serif;color:#1b2733">
${paragraphs.join('\n')}
${footer}</div>
</body>
</html>
`;
}
