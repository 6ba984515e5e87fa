import { makeAccountNumber, Period } from '@komplat/kernel';
import type { DemoCity, DemoData, DemoMonth } from '@komplat/plugin-api';
import {
  caseAccount,
  type Cell,
  copyRows,
  Database,
  dayAfter,
  DemoRandom,
  sha256,
  type Tx,
  generously,
} from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { type AccountDebt, behave, type MonthFrame, type PlannedPayment } from './behaviour.ts';
import { ChannelChoice, type ChannelPlan, channelPlans, channelRows } from './channels.ts';
import { openOldDebts } from './old-debts.ts';
import { drawPayers, type Payer, type PayerFacts } from './payers.ts';

const [CHUNK, AT_ONCE] = [5_000, 2];
const DOUBLED = 0.0015;
const LOST_IN_CURRENT = 6;
const PAYMENT_IN = `create temp table payment_in (ord int, payment_id bigint default nextval('platform.mass_id'),
  channel_id smallint,
  place text, source text, external_id text, request_hash text, account_id int, amount_kop bigint, service_id smallint,
  provider_id smallint, paid_on date, received_on date, import_id uuid, import_line int, reason_code text, payer_text
    text)
  on commit drop`;
const PAYMENT_TARGET = `payment_in (ord, channel_id, place, source, external_id, request_hash, account_id,
  amount_kop, service_id, provider_id,
  paid_on, received_on, reason_code, payer_text)`;

interface DebtRow {
  readonly account_id: number;
  readonly outstanding: bigint;
  readonly electricity: bigint;
  readonly advance: bigint;
  readonly bill: bigint;
}
interface Draft {
  readonly account: number | null;
  readonly payment: PlannedPayment;
  readonly channel: ChannelPlan;
  readonly payerText?: string;
}

/** Channels, debts from before the history, and what households pay, posted by the code of the import. */
@Injectable()
export class PaymentsDemo implements DemoData {
  #payers: readonly Payer[] = [];

  constructor(@Inject(Database) private readonly database: Database) {}

  async create(city: DemoCity): Promise<void> {
    const facts = await this.database.transaction(async (tx) => {
      await generously(tx);
      return tx.query<PayerFacts>(FACTS, [`${city.current}-23`]);
    });
    const empty = caseAccount('empty_with_debt', city.accounts);
    this.#payers = drawPayers(facts, city.seed, new Set(empty === undefined ? [] : [empty]));
    await this.database.transaction(async (tx) => {
      await generously(tx);
      for (const row of channelRows(channelPlans())) await tx.query(CHANNEL, row);
      await openOldDebts(tx, city, this.#payers);
    });
    city.note(`payments: ${this.#payers.length} payers`);
  }

  async month(city: DemoCity, month: DemoMonth): Promise<void> {
    if (month.phase !== 'payments') return;
    const choice = new ChannelChoice(month.period, channelPlans());
    const size = Math.min(CHUNK, Math.ceil(this.#payers.length / AT_ONCE));
    const starts = Array.from({ length: Math.ceil(this.#payers.length / size) }, (_, index) => index * size).values();
    let posted = 0;
    const work = Array.from({ length: AT_ONCE }, async () => {
      for (const from of starts) {
        const made = await this.pay(city, month, choice, from, size);
        posted += made;
      }
    });
    await Promise.all(work);
    if (month.current || city.months <= 36) city.note(`payments: ${month.period} ${posted} payments`);
  }

  /** Payments of some neighbours in one transaction. */
  private pay(city: DemoCity, month: DemoMonth, choice: ChannelChoice, from: number, size: number): Promise<number> {
    const payers = this.#payers.slice(from, from + size);
    return this.database.transaction(async (tx) => {
      await generously(tx);
      const debts = await this.debts(tx, Period.parse(month.period), payers);
      const drafts = payers.flatMap((payer) => this.drafts(city, month, payer, debts.get(payer.account), choice));
      if (month.current && from === 0) drafts.push(...lostPayments(city, month, choice));
      await post(tx, city, month, drafts);
      return drafts.length;
    });
  }

  private async debts(tx: Tx, period: Period, payers: readonly Payer[]): Promise<ReadonlyMap<number, AccountDebt>> {
    const [first, last] = [payers[0]?.account ?? 0, payers.at(-1)?.account ?? 0];
    const rows = await tx.query<DebtRow>(DEBTS, [period.previous().firstDay, first, last]);
    return new Map(
      rows.map((row): [number, AccountDebt] => [
        row.account_id,
        {
          outstanding: Number(row.outstanding),
          advance: Number(row.advance),
          bill: Number(row.bill),
          electricity: Number(row.electricity),
        },
      ]),
    );
  }

  private drafts(
    city: DemoCity,
    month: DemoMonth,
    payer: Payer,
    debt: AccountDebt | undefined,
    choice: ChannelChoice,
  ): Draft[] {
    if (!debt) return [];
    const period = Period.parse(month.period);
    const random = new DemoRandom(city.seed, 'pays', month.period, payer.account);
    const ago = Period.parse(city.current).index - period.index;
    const frame: MonthFrame = { index: period.index, month: period.month, days: period.days, ago };
    if (ago === Math.min(2, city.months - 1) && payer.account === caseAccount('double_payment', city.accounts)) {
      return paidTwice(payer.account, debt, choice);
    }
    const planned = behave(payer, debt, frame, random);
    const drafts = planned.map((payment): Draft => ({ account: payer.account, payment, channel: choice.draw(random) }));
    const [first] = drafts;
    if (first && random.chance(DOUBLED)) {
      const again = { ...first.payment, day: Math.min(period.days, first.payment.day + 1) };
      drafts.push({ account: payer.account, payment: again, channel: choice.draw(random) });
    }
    return month.current ? drafts.filter(({ payment }) => payment.day <= LAST_DAY) : drafts;
  }
}
/** The current month is at its 23rd day. */
const LAST_DAY = 22;

/** A bill paid at a terminal, and once more in the internet by somebody else of the family. */
function paidTwice(account: number, debt: AccountDebt, choice: ChannelChoice): Draft[] {
  const amount = Math.max(debt.outstanding, debt.bill);
  if (amount <= 0) return [];
  return [
    { account, payment: { amount, day: 11, service: null }, channel: choice.named('OSCH_TERM') },
    { account, payment: { amount, day: 12, service: null }, channel: choice.named('PRIVAT24') },
  ];
}

/** Money whose account nobody could read: it waits for a person. */
function lostPayments(city: DemoCity, month: DemoMonth, choice: ChannelChoice): Draft[] {
  const random = new DemoRandom(city.seed, 'lost', month.period);
  return Array.from({ length: LOST_IN_CURRENT }, (): Draft => {
    const account = makeAccountNumber(random.int(1, 6), random.int(1, city.accounts));
    const wrong = account.slice(0, 4) + account.slice(5, 6) + account.slice(4, 5) + account.slice(6);
    const amount = random.int(20_000, 320_000);
    return {
      account: null,
      payment: { amount, day: random.int(16, LAST_DAY), service: null },
      channel: choice.draw(random),
      payerText: random.chance(0.5) ? `комунальні послуги ${wrong}` : 'за квартиру',
    };
  });
}

async function post(tx: Tx, city: DemoCity, month: DemoMonth, drafts: readonly Draft[]): Promise<void> {
  if (drafts.length === 0) return;
  await tx.query(PAYMENT_IN);
  const [light] = await tx.query<{ service: number; provider: number }>(LIGHT, [`${month.period}-01`]);
  const today = `${city.current}-23`;
  const sequences = new Map<number | null, number>();
  const rows = drafts.map(({ account, payment, channel, payerText }, index): readonly Cell[] => {
    const paidOn = `${month.period}-${String(payment.day).padStart(2, '0')}`;
    const received = dayAfter(paidOn, channel.delay);
    const sequence = (sequences.get(account) ?? 0) + 1;
    sequences.set(account, sequence);
    const external = `${month.period.replace('-', '')}${String(account ?? 0).padStart(7, '0')}${sequence}`;
    return [
      index + 1,
      channel.id,
      placeOf(channel.kind),
      channel.code,
      external,
      sha256(`${channel.code}|${external}|${account ?? ''}|${payment.amount}`),
      account,
      payment.amount,
      payment.service === null ? null : (light?.service ?? null),
      payment.service === null ? null : (light?.provider ?? null),
      paidOn,
      received > today ? today : received,
      account === null ? 'payments.row.account-unknown' : null,
      payerText ?? null,
    ];
  });
  await copyRows(tx, PAYMENT_TARGET, rows);
  await tx.query('analyze payment_in');
  await tx.query(`select * from payments.post_batch('city')`);
}

/** Who sells electricity in the month: its successor has supplies that only begin later. */
const LIGHT = `
  select s.service_id as service, s.provider_id as provider from tariffs.pub_supply_v1 s
  join tariffs.pub_service_v1 v on v.id = s.service_id where v.code = 'EL' and s.valid @> $1::date limit 1`;

const placeOf = (kind: string): string =>
  kind === 'own desk' ? 'desk-cash' : kind === 'bank transfer' ? 'bank' : 'in-transit';

const CHANNEL = `
  insert into payments.channel (id, code, name, kind, mfo, settlement_delay_days, commission_percent,
    commission_min_kop,
    commission_payer, has_transaction_ids, valid)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, daterange($11::date, ($12::date + 1)::date))`;

const FACTS = `
  select a.account_id, d.house_code, coalesce(r.residents, 0)::int as residents
  from registry.pub_account_v1 a join registry.pub_address_v1 d on d.premises_id = a.premises_id
  left join (select r.premises_id, count(*) as residents from registry.pub_residence_v1 r where r.valid @> $1::date
    group by r.premises_id) r on r.premises_id = a.premises_id
  order by a.account_id`;

const DEBTS = `
  with debt as (
    select account_id, sum(outstanding_kop)::bigint as outstanding,
      coalesce(sum(outstanding_kop) filter (where service_id = (select id from tariffs.pub_service_v1 where code =
        'EL')), 0)::bigint
        as electricity
    from billing.pub_open_item_v1 where account_id between $2 and $3 group by account_id
  ), credit as (
    select account_id, sum(amount_kop)::bigint as advance from billing.pub_advance_v1 where account_id between $2 and $3
    group by account_id
  ), bill as (
    select account_id, sum(net_kop)::bigint as bill from billing.pub_accrual_v1
    where period = $1 and account_id between $2 and $3 group by account_id
  )
  select a.account_id, coalesce(d.outstanding, 0) as outstanding, coalesce(d.electricity, 0) as electricity,
    coalesce(c.advance, 0) as advance, coalesce(b.bill, 0) as bill
  from registry.pub_account_v1 a left join debt d using (account_id) left join credit c using (account_id)
  left join bill b using (account_id)
  where a.account_id between $2 and $3 and (d.outstanding > 0 or b.bill > 0)`;
