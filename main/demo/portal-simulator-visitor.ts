/** Whoever asks for a page, and how a page asks the database: only `portal.…(…)` calls. */
export interface Visitor {
  /** The account signed in, and its session's name. */
  account: string | null;
  session: string | null;
  address: string | null;
  agent: string | null;
  call<Answer>(sql: `portal.${string}`, bind: readonly unknown[]): Promise<Answer>;
}

/** What a page answers: markup, or another page to go to; and who is signed in from now on. */
export interface Deed {
  html?: string;
  status?: number;
  to?: string;
  signedIn?: { account: string; session: string };
  signedOut?: boolean;
}
