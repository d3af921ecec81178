import type { z } from 'zod';
import type {
  addHolidayInput,
  Holiday,
  Rule,
  removeHolidayInput,
  setRuleInput,
  withdrawRuleInput,
} from '../../../shared/contract/rules';
import type { StaffGroup } from '../../../shared/permissions';
import type { ReadContext, WriteContext } from '../../core/context';

/** Who sets a kind of rule; the database's own answer stands in `ibok.demand_rule_key`. */
const SETTERS: Record<Rule['kind'], readonly StaffGroup[]> = {
  deadline: ['bok_admin'],
  threshold: ['bok_admin', 'bok_supervisor'],
  retention: ['bok_admin', 'bok_dpo'],
};

/** Every rule the product knows, with all its values, and the office's day they are judged by. */
export async function listRules(ctx: ReadContext): Promise<{ today: string; rules: Rule[] }> {
  const [row] = await ctx.db.rows<{ today: string; rules: Omit<Rule, 'maySet'>[] }>(
    `select ibok.today()::text as today, coalesce(jsonb_agg(jsonb_build_object(
       'key', k.key, 'kind', k.kind, 'unit', k.unit, 'least', trim_scale(k.least)::text, 'most', trim_scale(k.most)::text,
       'decimals', k.decimals,
       'values', coalesce(v.all_values, '[]'), 'presentId', v.present) order by k.key), '[]') as rules
       from ibok.rule_keys k
       left join lateral (
         select jsonb_agg(jsonb_build_object('id', r.id::text, 'value', trim_scale((r.value #>> '{}')::numeric)::text,
                  'validFrom', r.valid_from, 'validTo', r.valid_to, 'source', r.source, 'approvedBy', r.approved_by,
                  'approvedByName', s.display_name) order by r.valid_from desc) as all_values,
                max(r.id::text) filter (where r.valid_from <= ibok.today()
                  and (r.valid_to is null or r.valid_to >= ibok.today())) as present
           from ibok.rule_values r left join ibok.staff_members s on s.login = r.approved_by
          where r.key = k.key) as v on true`,
  );
  if (!row) throw new Error('the database gave no answer');
  const rules = row.rules.map((rule) => ({ ...rule, maySet: SETTERS[rule.kind].includes(ctx.actor.group) }));
  return { today: row.today, rules };
}

/**
 * Sets a value from a day on. Throws CONFLICT when somebody set the rule meanwhile or the day is before today or before
 * a planned value, INVALID_INPUT out of the rule's bounds or without the reason of a correction, NOT_ALLOWED.
 */
export async function setRule(ctx: WriteContext, input: z.infer<typeof setRuleInput>): Promise<{ id: string }> {
  const [row] = await ctx.db.rows<{ stored: { id: string } }>(
    'select api.set_rule($1, $2::numeric, $3::date, $4, $5, $6::bigint, $7::uuid) as stored',
    [input.key, input.value, input.validFrom, input.source, input.reason || null, input.expected, input.requestId],
  );
  if (!row) throw new Error('the database gave no answer');
  return row.stored;
}

/** Takes back a planned value; the one before it goes on. Throws CONFLICT once it has begun, NOT_FOUND, NOT_ALLOWED. */
export async function withdrawRule(ctx: WriteContext, input: z.infer<typeof withdrawRuleInput>) {
  await ctx.db.rows('select api.withdraw_rule($1::bigint, $2, $3::uuid)', [input.id, input.reason, input.requestId]);
  return { id: input.id };
}

/** Days off of a year: by law, and those the office added. */
export async function listHolidays(ctx: ReadContext, year: number): Promise<{ today: string; holidays: Holiday[] }> {
  const rows = await ctx.db.rows<Omit<Holiday, 'recordedAt'> & { recordedAt: Date }>(
    `select h.id, h.day::text as day, h.name, h.source, h.statutory, s.display_name as "recordedByName",
            h.recorded_at as "recordedAt"
       from ibok.holidays h left join ibok.staff_members s on s.login = h.recorded_by
      where h.day between make_date($1::int, 1, 1) and make_date($1::int, 12, 31) order by h.day`,
    [year],
  );
  const [clock] = await ctx.db.rows<{ today: string }>('select ibok.today()::text as today');
  if (!clock) throw new Error('the database gave no answer');
  return { today: clock.today, holidays: rows.map((row) => ({ ...row, recordedAt: row.recordedAt.toISOString() })) };
}

/** Adds a day off from today on. Throws DUPLICATE when it is one, CONFLICT for a past day. */
export async function addHoliday(ctx: WriteContext, input: z.infer<typeof addHolidayInput>): Promise<{ id: string }> {
  const [row] = await ctx.db.rows<{ stored: { id: string } }>(
    'select api.add_holiday($1::date, $2, $3, $4::uuid) as stored',
    [input.day, input.name, input.source, input.requestId],
  );
  if (!row) throw new Error('the database gave no answer');
  return row.stored;
}

/** Takes an added day off back. Throws CONFLICT for a day by law or a past one, NOT_FOUND. */
export async function removeHoliday(ctx: WriteContext, input: z.infer<typeof removeHolidayInput>) {
  await ctx.db.rows('select api.remove_holiday($1::bigint, $2, $3::uuid)', [input.id, input.reason, input.requestId]);
  return { id: input.id };
}
