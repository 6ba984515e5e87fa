import { Inject, Injectable } from '@nestjs/common';
import { Money, Period } from '@komplat/kernel';
import { type Actor, Database } from '@komplat/server';
import type {
  Card,
  CardEntry,
  CardMonth,
  CardOpenItem,
  CardPayment,
  CardQuery,
  CardService as CardServiceView,
} from '../../contract/card.schema.ts';
import { ALLOCATIONS, BALANCES, ENTRIES, LANES, LAST_PERIOD, OPEN_ITEMS, PAYMENTS, TURNOVER } from './card.queries.ts';
import { seenAccount, type SeenAccount, seenProviders } from './visibility.ts';

const COLUMNS = ['charged', 'recalculated', 'benefit', 'subsidy', 'paid', 'other'] as const;
type Column = (typeof COLUMNS)[number];
type TurnoverRow = Readonly<Record<Column, bigint>> & {
  readonly period: string;
  readonly service_id: number;
  readonly provider_id: number;
  readonly accrued: boolean;
};
interface BalanceRow {
  readonly service_id: number;
  readonly provider_id: number;
  readonly service: string;
  readonly service_name: string;
  readonly provider: string;
  readonly provider_name: string;
  readonly balance: bigint;
  readonly debt_months: number;
}
interface PaymentRow {
  readonly id: bigint;
  readonly paid_on: string;
  readonly received_on: string;
  readonly booked_at: Date;
  readonly channel: string;
  readonly amount_kop: bigint;
  readonly import_id: string | null;
  readonly import_line: number | null;
  readonly period: string;
  readonly reversed: boolean;
  readonly lines: readonly {
    readonly service: string;
    readonly provider: string;
    readonly id: string;
    readonly kop: string;
  }[];
}
interface AllocationRow {
  readonly credit_id: bigint;
  readonly debt_month: string;
  readonly service: string;
  readonly provider: string;
  readonly kop: bigint;
}
interface Window {
  readonly months: readonly Period[];
  readonly from: string;
  readonly to: string;
}
const money = (kop: bigint): string => Money.ofKop(kop).toString();

/** The subscriber card: what the account owes, by service and month, and what it paid. Cost does not grow with history. */
@Injectable()
export class CardService {
  constructor(@Inject(Database) private readonly database: Database) {}

  async card(number: string, query: CardQuery, actor: Actor): Promise<Card> {
    const account = await seenAccount(this.database, number, actor);
    const providers = seenProviders(actor);
    const window = await this.window(account.id, query);
    const { from, to } = window;
    const [balances, turnover, openItems, payments, entries] = await Promise.all([
      this.database.prepared<BalanceRow>('billing.card.balances', BALANCES, [account.id, from, to, providers]),
      this.database.prepared<TurnoverRow>('billing.card.turnover', TURNOVER, [account.id, from]),
      this.openItems(account.id, providers),
      this.payments(account.id, window, providers),
      this.entries(account.id, window, providers),
    ]);
    const lanes = await this.lanes(window, balances);
    const services = balances.map((balance) => toService(balance, { account, window, turnover, lanes }));
    return {
      account: { number: account.number, version: account.version },
      total: { balance: money(balances.reduce((sum, { balance }) => sum + balance, 0n)) },
      services,
      months: window.months.map(String),
      openItems,
      payments,
      entries,
      version: account.version,
    };
  }

  /** Newest month first. */
  private async window(accountId: number, { months, before }: CardQuery): Promise<Window> {
    const [row] = await this.database.prepared<{ period: string | null }>('billing.card.last-period', LAST_PERIOD, [
      accountId,
    ]);
    const newest = before ? Period.parse(before).previous() : Period.ofDay(row?.period ?? '2026-11-01');
    const list = Array.from({ length: months }, (_, step) => newest.plus(-step));
    const oldest = list.at(-1) ?? newest;
    return { months: list, from: oldest.firstDay, to: newest.next().firstDay };
  }

  private async lanes({ from, to }: Window, balances: readonly BalanceRow[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.database.prepared<{ period: string; provider_id: number; state: string }>(
      'billing.card.lanes',
      LANES,
      [from, to, [...new Set(balances.map((balance) => balance.provider_id))]],
    );
    return new Map(rows.map((row) => [`${row.period}/${row.provider_id}`, row.state]));
  }

  private async openItems(accountId: number, providers: string[] | null): Promise<CardOpenItem[]> {
    const rows = await this.database.prepared<{
      debt_month: string;
      service: string;
      provider: string;
      due_on: string;
      due_kop: bigint;
      outstanding_kop: bigint;
    }>('billing.card.open-items', OPEN_ITEMS, [accountId, providers]);
    return rows.map((row) => ({
      month: row.debt_month.slice(0, 7),
      service: row.service,
      provider: row.provider,
      dueOn: row.due_on,
      due: money(row.due_kop),
      outstanding: money(row.outstanding_kop),
    }));
  }

  private async payments(accountId: number, { from, to }: Window, providers: string[] | null): Promise<CardPayment[]> {
    const all = await this.database.prepared<PaymentRow & { seen_kop: bigint }>('billing.card.payments', PAYMENTS, [
      accountId,
      from,
      to,
      providers,
    ]);
    const rows = all.filter((row) => providers === null || row.seen_kop > 0n);
    const credits = rows.flatMap((row) => row.lines.map((line) => line.id));
    const allocations = await this.database.prepared<AllocationRow>('billing.card.allocations', ALLOCATIONS, [
      accountId,
      from,
      credits,
    ]);
    return rows.map((row) => toPayment(row, allocations, providers));
  }

  private async entries(accountId: number, { from, to }: Window, providers: string[] | null): Promise<CardEntry[]> {
    const rows = await this.database.prepared<{
      period: string;
      for_period: string;
      kind: string;
      service: string;
      provider: string;
      amount_kop: bigint;
      booked_at: Date;
      booked_by: string;
      document_kind: string;
      document_id: string;
      note_key: string | null;
      note_params: Record<string, string> | null;
    }>('billing.card.entries', ENTRIES, [accountId, from, to, providers]);
    return rows.map((row) => ({
      period: row.period.slice(0, 7),
      forPeriod: row.for_period.slice(0, 7),
      kind: row.kind,
      service: row.service,
      provider: row.provider,
      amount: money(row.amount_kop),
      bookedAt: row.booked_at.toISOString(),
      bookedBy: row.booked_by,
      document: { kind: row.document_kind, id: row.document_id },
      note: row.note_key === null ? null : { key: row.note_key, params: row.note_params ?? {} },
    }));
  }
}

interface ServiceContext {
  readonly account: SeenAccount;
  readonly window: Window;
  readonly turnover: readonly TurnoverRow[];
  readonly lanes: ReadonlyMap<string, string>;
}

/** Months from the newest back: the balance of today minus what came after a month is the balance at its end. */
function toService(balance: BalanceRow, { account, window, turnover, lanes }: ServiceContext): CardServiceView {
  const own = turnover.filter(
    (row) => row.service_id === balance.service_id && row.provider_id === balance.provider_id,
  );
  const byMonth = new Map(own.map((row) => [row.period, row]));
  const sumOf = (row: TurnoverRow): bigint => COLUMNS.reduce((sum, column) => sum + row[column], 0n);
  let closing =
    balance.balance - own.filter((row) => row.period >= window.to).reduce((sum, row) => sum + sumOf(row), 0n);
  const months: CardMonth[] = [];
  for (const month of window.months) {
    const row = byMonth.get(month.firstDay);
    const opening = closing - (row ? sumOf(row) : 0n);
    const state = lanes.get(`${month.firstDay}/${balance.provider_id}`) ?? 'none';
    months.push({
      month: month.toString(),
      opening: money(opening),
      charged: money(row?.charged ?? 0n),
      recalculated: money(row?.recalculated ?? 0n),
      benefit: money(row?.benefit ?? 0n),
      subsidy: money(row?.subsidy ?? 0n),
      paid: money(row?.paid ?? 0n),
      other: money(row?.other ?? 0n),
      closing: money(closing),
      state: toLaneState(state),
      traceRef: row?.accrued
        ? `accrual:${month.toString()}:${account.number}:${balance.service}:${balance.provider}`
        : null,
    });
    closing = opening;
  }
  return {
    serviceCode: balance.service,
    serviceName: balance.service_name,
    providerCode: balance.provider,
    providerName: balance.provider_name,
    balance: money(balance.balance),
    debtMonths: balance.debt_months,
    months,
  };
}

function toLaneState(state: string): CardMonth['state'] {
  switch (state) {
    case 'open':
    case 'closing':
    case 'verified':
    case 'released':
    case 'locked':
      return state;
    default:
      return 'none';
  }
}

function toPayment(row: PaymentRow, allocations: readonly AllocationRow[], providers: string[] | null): CardPayment {
  const isSeen = (provider: string): boolean => providers === null || providers.includes(provider);
  const parts = row.lines
    .filter((line) => isSeen(line.provider))
    .flatMap((line) => {
      const paid = allocations.filter((allocation) => allocation.credit_id.toString() === line.id);
      const rest = BigInt(line.kop) - paid.reduce((sum, part) => sum + part.kop, 0n);
      return [
        ...paid.map((part) => ({
          month: part.debt_month.slice(0, 7),
          service: part.service,
          provider: part.provider,
          amount: money(part.kop),
        })),
        ...(rest > 0n && !row.reversed
          ? [{ month: null, service: line.service, provider: line.provider, amount: money(rest) }]
          : []),
      ];
    });
  const isLate = row.period.slice(0, 7) !== row.paid_on.slice(0, 7);
  return {
    id: row.id.toString(),
    paidOn: row.paid_on,
    receivedOn: row.received_on,
    bookedAt: row.booked_at.toISOString(),
    channel: row.channel,
    amount: money(row.amount_kop),
    reversed: row.reversed,
    allocations: parts,
    ...(row.import_id === null ? {} : { importId: row.import_id }),
    ...(row.import_line === null ? {} : { line: row.import_line }),
    ...(isLate
      ? { note: { key: 'billing.note.other-month', params: { paidOn: row.paid_on, month: row.period.slice(0, 7) } } }
      : {}),
  };
}
