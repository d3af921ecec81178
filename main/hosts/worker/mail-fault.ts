import { MailFault, type MailOutcome } from '../../core/ports';

/**
 * How far a message got: `nothing` before its session with the server stood, `session` from MAIL FROM on, `whole` once
 * its last byte was handed over.
 */
export type Progress = 'nothing' | 'session' | 'whole';

/** Commands whose refusal is about us and not about the message. */
const ABOUT_US = /^(CONN|EHLO|HELO|LHLO|STARTTLS|AUTH)/;
const TOO_LARGE = 552;

/**
 * What an error of nodemailer means for the message it was thrown for. An answer of the server is certain; without one
 * the message's progress decides (RFC 5321, 4.2.5 and 6.1: it is the server's from its answer to the final dot on).
 */
export function mailFault(error: unknown, progress: Progress): MailFault {
  const { code, command, responseCode } = error as { code?: unknown; command?: unknown; responseCode?: unknown };
  if (typeof responseCode === 'number' && responseCode >= 400) {
    const by = typeof command === 'string' ? command : '';
    return new MailFault(answered(responseCode, by), `SMTP_${responseCode}`);
  }
  const kind = typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? code : 'UNKNOWN';
  return new MailFault(unanswered(kind, progress), kind);
}

/** A sender that is refused, or a lack of authentication, would refuse every message: the queue waits instead. */
function answered(responseCode: number, command: string): MailOutcome {
  if (responseCode === 421 || ABOUT_US.test(command)) return 'down';
  if (command === 'MAIL FROM' && responseCode >= 500 && responseCode !== TOO_LARGE) return 'down';
  return responseCode >= 500 ? 'refused' : 'later';
}

function unanswered(kind: string, progress: Progress): MailOutcome {
  // Found wrong by the client itself, before anything was sent.
  if (kind === 'EENVELOPE' || kind === 'EMESSAGE' || kind === 'ESTREAM') return 'refused';
  if (progress === 'whole') return 'unsure';
  return progress === 'session' ? 'later' : 'down';
}
