import { TOWN, TOWN_FLATS, wholeApi } from '@komplat/all/test';
import { BILLING_API, type BillingApi } from '@komplat/billing/contract';
import { plugins } from '@komplat/all/server';
import { addDays, makeAccountNumber, Money } from '@komplat/kernel';
import { type Answer, type Caller, type TestApi } from '@komplat/testing';
import type { CaseActInput, CaseView } from '../contract/case.schema.ts';
import { DEBT_API, type DebtApi } from '@komplat/debt/contract';
import type { CaseAct, CasePaper } from '../contract/case-words.ts';
import { CASE_RULES } from '../domain/index.ts';
import { LegalDemo } from '../server/demo/legal.demo.ts';
import { CASES, type Cases } from '../server/services/ports.ts';

export const TODAY = '2026-11-23';
export const lawyer: Caller = { login: 'lawyer', roles: ['lawyer'] };
export const chief: Caller = { login: 'chief', roles: ['manager'] };
export const heat: Caller = { login: 'heat', roles: ['provider-user'] };
export const numberOf = (id: number): string => makeAccountNumber(4, id);
const ACCOUNTS = 20;

export interface CaseWorld {
  readonly api: TestApi;
  /** Moves the operating day; law counts it. */
  on(day: string): Promise<void>;
  pretension(account: number, provider?: string): Promise<string>;
  view(id: string): Promise<CaseView>;
  act(id: string, input: Omit<CaseActInput, 'version'>, as?: Caller): Promise<Answer>;
  post(path: string, body: object, as?: Caller): Promise<Answer>;
  /** A payment that the payer named for a service, as intake posts it: ledger, allocation, row of payments. */
  payNamed(account: number, sum: string, on: string, service: string): Promise<bigint>;
  violations(): Promise<number>;
  /** Acts one after another, each on the first day that it may have, with all that it asks for. */
  walk(id: string, acts: readonly CaseAct[]): Promise<void>;
  /** A hold that another process writes. */
  hold(account: number, kind: 'contract', document: string): Promise<void>;
}

/** Twenty flats with heat (P02) and management (P08): September and October are owed, 1 000.00 a month and service. */
export async function caseWorld(): Promise<CaseWorld> {
  const api = await wholeApi();
  const { owner, db } = api.database;
  for (const sql of SETUP) await owner.query(sql, sql.includes('$1') ? [ACCOUNTS] : []);
  await owner.query(
    `insert into registry.account (id, number, premises_id, holder_id, opened_on)
     select i, n, i, ('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, '2000-01-01' from unnest($1::text[]) with ordinality q(n, i)`,
    [Array.from({ length: ACCOUNTS }, (_, at) => numberOf(at + 1))],
  );
  await owner.query(DEBTS, [ACCOUNTS]);
  await owner.query(`insert into administration.role_permission select r, p from unnest($1::text[]) r, unnest($2::text[]) p on conflict do nothing`, [
    ['lawyer', 'manager', 'provider-user'], ['legal.case.read', 'legal.case.act', 'administration.approval.decide'],
  ]);
  await owner.query(`insert into administration.role_permission values ('manager', 'legal.case.write-off') on conflict do nothing`);
  await new LegalDemo(owner).create({ seed: 1, accounts: 0, months: 0, current: '2026-11', note: () => undefined });
  await api.scope('lawyer', 'all');
  await api.scope('chief', 'all');
  await api.scope('heat', 'provider', 'P02');
  const post = (path: string, body: object, as: Caller = lawyer): Promise<Answer> => api.call('POST', path, as, body, { 'idempotency-key': crypto.randomUUID() });
  const view = async (id: string): Promise<CaseView> => (await api.call('GET', `legal/cases/${id}`, lawyer)).body;
  const on = async (day: string): Promise<void> => {
    await owner.query('delete from platform.operating_day');
    await owner.query(`insert into platform.operating_day (day, state) values ($1, 'open')`, [day]);
  };
  const act: CaseWorld['act'] = async (id, input, as = lawyer) => post(`legal/cases/${id}/acts`, { ...input, version: (await view(id)).version }, as);
  return {
    api,
    post,
    view,
    on,
    walk: async (id, acts) => {
      for (const each of acts) {
        const { dates, events } = await view(id);
        const last = events[0]?.on ?? TODAY;
        const day = each === 'order-in-force' && dates.forceOn ? dates.forceOn : addDays(last, 1);
        await on(day);
        const rule = CASE_RULES.find((known) => known.act === each);
        const papers = (rule?.papers ?? []).map((paper: CasePaper) => ({ paper, number: '1', on: day }));
        const asks = (guard: string): boolean => rule?.guards.some((known) => known === guard) ?? false;
        const answer = await act(id, {
          act: each, on: day, papers, ...(asks('award') ? { awarded: 'all' as const } : {}), ...(asks('court-number') ? { courtNumber: `2-н/501/${id.slice(-6)}` } : {}),
        });
        if (answer.status >= 400) throw new Error(JSON.stringify(answer.body));
      }
    },
    hold: async (account, kind, document) => {
      const debt = api.app.get<DebtApi>(DEBT_API, { strict: false });
      await db.transaction((tx) =>
        debt.putHold(tx, { source: `test/${document}`, accountId: account, providerId: 2, kind, from: TODAY, until: null, reason: 'договір реструктуризації', document, by: 'test' }),
      );
    },
    pretension: async (account, provider = 'P02') => {
      const { body } = await post('legal/pretensions', { account: numberOf(account), provider, reason: 'борг понад три місяці' });
      return body.caseId;
    },
    act,
    payNamed: (account, sum, on, service) =>
      db.transaction(async (tx) => {
        const [row] = await tx.query<{ id: bigint }>(`select nextval('platform.mass_id') as id`);
        const paymentId = row?.id ?? 0n;
        const billing = api.app.get<BillingApi>(BILLING_API, { strict: false });
        const postingId = await billing.post(tx, { paymentId, accountId: account, amount: Money.parse(sum), nominal: on, effective: on, by: 'cashier', named: [{ service, amount: Money.parse(sum) }] });
        await tx.query(
          `insert into payments.payment (id, channel_id, source, external_id, request_hash, answer, account_id, amount_kop, paid_on, received_on, booked_by, posting_id)
           values ($1::bigint, 1, 'CASH', $1::bigint::text, 'h', '{}', $2, $3, $4, $4, 'cashier', $5)`,
          [paymentId, account, Money.parse(sum).kop, on, postingId],
        );
        return paymentId;
      }),
    violations: async () => {
      let found = 0;
      for (const plugin of plugins) {
        for (const { code, provider } of plugin.laws ?? []) {
          if (!LAWS.includes(code)) continue;
          const { violations } = await api.app.get(provider, { strict: false }).check();
          found += violations;
        }
      }
      return found;
    },
  };
}
/** Money of cases, and what the ledger says of items and balances. */
const LAWS: readonly string[] = ['L2', 'L3', 'L7', 'L13', 'L14'];

/** Code of a refusal. */
export const codeOf = ({ status, body }: Answer): string => (status < 400 ? `${status}` : body.code);

/** Bytes of a scan. */
export const SCAN = Buffer.from('%PDF-1.4 скан');

/** Papers of an order are filed: 2 000.00 of heat for two months, 12.30 of interest, 266.24 of fee. */
export async function fileOrder({ api }: CaseWorld, account: number, more: Partial<Parameters<Cases['open']>[1]> = {}): Promise<string> {
  const cases = api.app.get<Cases>(CASES, { strict: false });
  const opening = {
    accountId: account, providerId: 2, kind: 'order', packId: crypto.randomUUID(), claimItemId: crypto.randomUUID(), court: 'C01', filedOn: TODAY,
    debtors: [`00000000-0000-7000-8000-${String(account).padStart(12, '0')}`], parts: partsOf(26_624n), by: 'lawyer', ...more,
  } as const;
  const { caseId } = await api.database.db.transaction((tx) => cases.open(tx, opening));
  return caseId;
}
export const partsOf = (fee: bigint): Parameters<Cases['open']>[1]['parts'] => [
  { serviceId: 2, period: '2026-08', part: 'principal', amountKop: 100_000n },
  { serviceId: 2, period: '2026-09', part: 'principal', amountKop: 100_000n },
  { serviceId: 2, period: '2026-08', part: 'interest', amountKop: 1_230n },
  { serviceId: null, period: null, part: 'fee', amountKop: fee },
];

const SETUP = [
  `insert into platform.operating_day (day, state) values ('${TODAY}', 'open')`,
  ...TOWN,
  `insert into registry.street (id, code, district) values (1, 'S1', 4)`,
  `insert into registry.street_name (street_id, type, type_short, name, valid) values (1, 'вулиця', 'вул.', 'Мостова', '[1990-01-01,)')`,
  `insert into registry.house (id, code, street_id, number_text, kind, district, year_built, floors, entrances, flats, flats_area,
     heating, hot_water, sewer, stove, postcode)
   values (1, 'H0001', 1, '1', 'flats', 4, 1980, 9, 4, 30, 5000, 'central', 'central', 'central', 'gas', '46000')`,
  `select platform.ensure_lanes('2026-09-01', '2028-12-01', array[2, 8]::smallint[])`,
  `insert into registry.premises (id, house_id, number, kind) select i, 1, i::text, 'flat' from generate_series(1, $1::int) i`,
  ...TOWN_FLATS,
];
const DEBTS = `select billing.post_entry(i, s::smallint, p::smallint, 14::smallint, 100000, '2026-09-01', m::date, m::date, 'test', 'opening', i::text)
  from generate_series(1, $1::int) i, (values (1, 8), (2, 2)) v(s, p), (values ('2026-08-01'), ('2026-09-01')) q(m)`;
