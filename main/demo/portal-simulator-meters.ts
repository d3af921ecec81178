import { html, page } from './portal-simulator-html';
import type { Deed, Visitor } from './portal-simulator-visitor';

/** A meter as `portal.my_meters` answers it. */
interface PortalMeter {
  id: string;
  factoryNo: string;
  maker: string;
  model: string;
  ownerKind: 'utility' | 'customer';
  status: 'in_stock' | 'installed' | 'removed' | 'scrapped' | 'lost';
  acceptedOn: string | null;
  role: 'main' | 'sub' | 'deduction';
  place: string | null;
  address: string;
  installedOn: string;
  legalization: { validUntil: string; mark: string; lostOn: string | null } | null;
  legal: boolean;
  deducts: boolean | null;
}

const OWNERS = { utility: 'przedsiębiorstwo', customer: 'odbiorca' };
const ROLES = { main: 'główny', sub: 'podlicznik', deduction: 'odliczeniowy' };
const STATUSES = {
  in_stock: 'w magazynie',
  installed: 'zamontowany',
  removed: 'zdemontowany',
  scrapped: 'złomowany',
  lost: 'zaginiony',
};

const day = (iso: string | null): string => (iso ? iso.split('-').reverse().join('.') : 'nie podano');
const keyOf = (factoryNo: string): string => factoryNo.replace(/[^0-9A-Za-z]/g, '').toLowerCase();

/** The meters of one's points, found by factory number (regulations § 5, GOSPODARKA WODOMIERZOWA). */
export async function meters(visitor: Visitor, form: URLSearchParams | null): Promise<Deed> {
  const all = await visitor.call<PortalMeter[]>('portal.my_meters($1::bigint)', [visitor.account]);
  const wanted = form?.get('factory') ?? '';
  const shown = all.filter(({ factoryNo }) => keyOf(factoryNo).includes(keyOf(wanted)));
  const body = html`<form method="post" action="/wodomierze"><label>Numer fabryczny<input name="factory" value="${wanted}"
      autocomplete="off"></label><button>Szukaj</button></form>
    ${shown.length === 0 && html`<p>${all.length === 0 ? 'Nie ma tu jeszcze żadnego wodomierza.' : 'Żaden wodomierz nie ma takiego numeru.'}</p>`}
    ${shown.map(
      (meter) => html`<h2>Wodomierz ${meter.factoryNo}</h2><dl>
      <dt>Numer</dt><dd>${meter.id}</dd>
      <dt>Adres</dt><dd>${meter.address}${meter.place ? `, ${meter.place}` : ''}</dd>
      <dt>Typ</dt><dd>${meter.maker} ${meter.model}, ${ROLES[meter.role]}</dd>
      <dt>Status</dt><dd>${STATUSES[meter.status]} od ${day(meter.installedOn)}</dd>
      <dt>Właściciel</dt><dd>${OWNERS[meter.ownerKind]}</dd>
      <dt>Przyjęty do ewidencji</dt><dd>${day(meter.acceptedOn)}</dd>
      <dt>Legalizacja</dt><dd>${legalizationOf(meter)}</dd>
      ${meter.deducts !== null && html`<dt>Odliczanie wody</dt><dd>${meter.deducts ? 'tak' : 'nie'}</dd>`}</dl>`,
    )}`;
  return { html: page('Moje wodomierze', body, { signedIn: true }) };
}

function legalizationOf({ legalization, legal }: PortalMeter): string {
  if (!legalization) return 'nie podano';
  const { validUntil, mark, lostOn } = legalization;
  if (lostOn) return `cecha ${mark}, utracona ${day(lostOn)}`;
  return `cecha ${mark}, ${legal ? 'ważna do' : 'skończyła się'} ${day(validUntil)}`;
}
