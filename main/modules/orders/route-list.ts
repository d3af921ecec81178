import type { z } from 'zod';
import type { MadePdf } from '../../../shared/contract/documents';
import type { Desk, DeskOrder, deskInput, OrderKind } from '../../../shared/contract/orders';
import type { ReadContext } from '../../core/context';
import { AppError } from '../../core/errors';
import type { Form, FormCell } from '../../pdf/form';
import { NoGlyph } from '../../pdf/letter';
import { renderPaper } from '../../pdf/threads';
import { readDesk } from './orders.queries';

/** Paper is Polish, whatever language its maker's screen has. */
const KINDS: Readonly<Record<OrderKind, string>> = {
  exchange: 'Wymiana',
  control_reading: 'Odczyt kontrolny',
  sub_meter_acceptance: 'Odbiór podlicznika',
  expertise: 'Demontaż do ekspertyzy',
  other: 'Inne',
};

/**
 * The open orders of a person's day as a PDF to take along: addresses and meters, never names, and boxes for what is
 * written down on the spot. Throws LETTER_CHARACTER for a text the typeface cannot draw.
 */
export async function makeRouteList(ctx: ReadContext, asked: z.infer<typeof deskInput>): Promise<MadePdf> {
  const desk = await readDesk(ctx, asked);
  try {
    const bytes = await renderPaper({ is: 'form', form: composeRouteList(desk, ctx.clock.now()) });
    return { ...ctx.slots.put(ctx.caller.id, `trasa-${desk.day}.pdf`, bytes), mime: 'application/pdf' };
  } catch (error) {
    if (error instanceof NoGlyph) throw new AppError('LETTER_CHARACTER', { character: error.character });
    throw error;
  }
}

/** What stands on the paper, order by order. */
export function composeRouteList({ day, assigneeName, assignee, orders }: Desk, madeAt: Date): Form {
  const open = orders.filter(({ state }) => state === 'open');
  const rows: Form['rows'][number][] = [];
  let route: string | null | undefined;
  for (const [at, order] of open.entries()) {
    if (order.route !== route) rows.push(order.route ? `Trasa ${order.route}` : 'Bez trasy');
    route = order.route;
    rows.push(rowOf(order, at + 1, day));
  }
  return {
    title: `Lista zleceń na ${shortDay(day)}`,
    facts: [`Wykonuje: ${assigneeName ?? assignee} · Liczba zleceń: ${open.length}`],
    columns: [
      { title: 'Lp.', share: 8, align: 'right' },
      { title: 'Adres i wodomierz', share: 54 },
      { title: 'Zlecenie', share: 34 },
      { title: 'Poprzedni stan', share: 21, align: 'right' },
      { title: 'Odczyt [m³]', share: 21 },
      { title: 'Plomba', share: 18 },
      { title: 'Uwagi', share: 26 },
    ],
    rows,
    foot: 'Dane tylko do wykonania zleceń. Po wpisaniu wyników listę zniszcz.',
    madeAt: madeAt.toISOString(),
  };
}

function rowOf(order: DeskOrder, number: number, day: string): FormCell[] {
  const { address, factoryNo, dn, radioId, place, kind, dueOn, note, previous, part } = order;
  const meter = factoryNo ? [`Nr ${factoryNo}`, dn && `DN${dn}`].filter(Boolean) : [];
  return [
    [{ text: String(number) }],
    [
      { text: address, strong: true },
      ...(meter.length > 0 ? [{ text: meter.join(' · ') }] : []),
      ...[radioId && `radio ${radioId}`, place].flatMap((text) => (text ? [{ text, faint: true }] : [])),
    ],
    [
      { text: KINDS[kind] },
      ...(dueOn ? [{ text: `${dueOn < day ? 'po terminie: ' : 'termin: '}${shortDay(dueOn)}`, faint: true }] : []),
      ...(part === 'late' && order.day ? [{ text: `zaległe z ${shortDay(order.day)}`, faint: true }] : []),
      ...(note ? [{ text: note, faint: true }] : []),
    ],
    previous ? [{ text: previous.value.replace('.', ',') }, { text: shortDay(previous.on), faint: true }] : [],
    [],
    [],
    [],
  ];
}

/** `2026-11-22` → 22.11.2026 */
function shortDay(day: string): string {
  return day.split('-').reverse().join('.');
}
