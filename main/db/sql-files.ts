/** One SQL text of `migrations/`, bundled into the program. */
export interface SqlFile {
  /** `0001-foundation.sql`, `repeatable/10-guards.sql` or `bootstrap/01-roles.sql`. */
  name: string;
  sql: string;
}

const TEXTS: Record<string, string> = import.meta.glob('../../migrations/**/*.sql', {
  query: '?raw',
  import: 'default',
  eager: true,
});

function inFolder(prefix: string, pattern: RegExp): SqlFile[] {
  return Object.entries(TEXTS)
    .map(([path, sql]) => ({ name: path.slice(path.indexOf('migrations/') + 'migrations/'.length), sql }))
    .filter(({ name }) => name.startsWith(prefix) && pattern.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Applied once each, in the order of their numbers. */
export const VERSIONED: readonly SqlFile[] = inFolder('', /^\d{4}-[a-z0-9-]+\.sql$/);
/** Functions, triggers, policies and grants: applied anew, all together, when the text of one changed. */
export const REPEATABLE: readonly SqlFile[] = inFolder('repeatable/', /\.sql$/);
/** Roles, database, schemas and the keeper of logins: for a superuser. */
export const BOOTSTRAP: readonly SqlFile[] = inFolder('bootstrap/', /\.sql$/);
