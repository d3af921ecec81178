import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';

/** The clauses that were mandatory when the office began to take applications. */
export const CLAUSES = ['regulations', 'privacy', 'truth'] as const;

/** A version of the regulations in force since the clauses were; returns its id. */
export async function plantRegulations(superuser: Client, label = '2024-07-17', effectiveOn = label): Promise<string> {
  const { rows } = await superuser.query<{ id: string }>(
    `insert into ibok.regulation_versions (label, effective_on) values ($1, $2)
     on conflict (label) do update set label = excluded.label returning id`,
    [label, effectiveOn],
  );
  return rows[0]?.id ?? '';
}

/** Four invoices of a customer, the newest `F/4` of 41.00 zł; the last three confirm identity, `F/1` no more. */
export async function plantInvoices(superuser: Client, customer: string, prefix = 'F'): Promise<void> {
  for (const month of [1, 2, 3, 4]) {
    const day = `2026-0${month}-15`;
    await superuser.query(
      `insert into ibok.invoices (invoice_no, customer_id, issued_on, due_on, net_grosze, vat_grosze, gross_grosze)
       values ($1, $2, $3::date, $3::date + 14, 4000, $4::bigint, 4000 + $4::bigint)`,
      [`${prefix}/${month}`, customer, day, month * 25],
    );
  }
}

/** What the portal's form sends for Zofia Żuk, customer 000123, who states one of the last invoices. */
export const application = (version: string, more: Record<string, unknown> = {}) => ({
  requestId: randomUUID(),
  firstName: 'Zofia',
  lastName: 'Żuk',
  email: 'zofia.zuk@example.com',
  relation: 'holder',
  customerNo: '000123',
  regulationVersionId: version,
  clauses: [...CLAUSES],
  identity: { method: 'invoice', invoiceNo: 'F/4', grossGrosze: 4100 },
  ...more,
});
