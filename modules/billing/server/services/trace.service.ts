import { Inject, Injectable } from '@nestjs/common';
import { notFound, Period } from '@komplat/kernel';
import { type Actor, Database } from '@komplat/server';
import type { Trace, TraceSource, TraceStep } from '../../contract/trace.schema.ts';
import { type ChargeFacts, recompute, type Recomputed } from '../../domain/index.ts';
import { correctionSources } from '../recalculation/trace-corrections.ts';
import { HistoryTrace } from '../history/history-trace.ts';
import { loadChargeFacts } from './charge-facts.ts';
import { BalanceTrace } from './trace-balance.ts';
import { PaymentTrace } from './trace-payment.ts';
import { chargeSteps, hryvnias, type StoredAccrual } from './trace-steps.ts';
import { markWords } from './trace-words.ts';
import { seenAccount } from './visibility.ts';

type AccrualRow = StoredAccrual & {
  readonly supply_id: number;
  readonly tariff_id: number;
  readonly norm_id: number | null;
  readonly reading_from: bigint | null;
  readonly reading_to: bigint | null;
  readonly rule_version: number;
  readonly provider_id: number;
  readonly service_name: string;
  readonly provider_name: string;
  readonly booked_at: Date;
  readonly state: string | null;
};
interface Charged {
  readonly facts: ChargeFacts;
  readonly done: Recomputed;
  readonly unit: string;
}
interface SourceRow {
  readonly kind: 'tariff' | 'norm' | 'reading';
  readonly code: string;
  readonly title: string;
  readonly number: string | null;
  readonly date: string | null;
  readonly mark: string | null;
}
const ACCRUALS = `
  select a.*, s.unit, s.name as service_name, p.short_name as provider_name, o.booked_at, l.state
  from billing.accrual a join tariffs.pub_service_v1 s on s.id = a.service_id join tariffs.pub_provider_v1 p on p.id = a.provider_id
  join billing.posting o on o.id = a.posting_id
  left join platform.period_lane l on l.period = a.period and l.provider_id = a.provider_id
  where a.account_id = $1 and a.period = $2 and s.code = $3 and p.code = $4 order by a.version`;
const SOURCES = `
  select 'tariff' as kind, code, decision_body as title, decision_number as number, decision_date as date, mark
    from tariffs.pub_tariff_v1 where id = any($1::int[])
  union all select 'norm', code, act, null, null, mark from tariffs.pub_norm_v1 where id = any($2::int[])
  union all select 'reading', r.value::text, r.source, m.serial, r.taken_on, null
    from metering.pub_reading_v1 r join metering.pub_meter_v1 m on m.meter_id = r.meter_id
    where r.reading_id = any($3::bigint[]) and r.period between ($4::date - interval '2 years') and $4::date`;

/** From a figure to the facts, documents and file rows it came from. */
@Injectable()
export class TraceService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PaymentTrace) private readonly payments: PaymentTrace,
    @Inject(BalanceTrace) private readonly balances: BalanceTrace,
    @Inject(HistoryTrace) private readonly history: HistoryTrace,
  ) {}

  trace(ref: string, actor: Actor): Promise<Trace> {
    const [kind, ...parts] = ref.split(':');
    const [first = '', second = '', third = '', fourth = ''] = parts;
    if (kind === 'accrual' && /^\d{4}-\d{2}$/.test(first))
      return this.accrual({ period: first, number: second, service: third, provider: fourth }, actor);
    if (kind === 'payment' && /^\d{1,18}$/.test(first)) return this.payments.trace(BigInt(first), actor);
    if (kind === 'balance') return this.balances.trace({ number: first, service: second, provider: third }, actor);
    throw notFound('billing.trace.unknown', { ref });
  }

  private async accrual(
    at: { period: string; number: string; service: string; provider: string },
    actor: Actor,
  ): Promise<Trace> {
    const account = await seenAccount(this.database, at.number, actor);
    const period = Period.parse(at.period);
    const rows = await this.database.query<AccrualRow>(ACCRUALS, [
      account.id,
      period.firstDay,
      at.service,
      at.provider,
    ]);
    const [row] = rows;
    if (!row) {
      const loaded = await this.history.trace({ ...at, month: at.period, accountId: account.id, firstDay: period.firstDay });
      if (loaded) return loaded;
      throw notFound('billing.trace.unknown', { ref: `accrual:${at.period}` });
    }
    const supplies = await loadChargeFacts(this.database, period, row.provider_id, [account.id]);
    const charged = rows.flatMap((stored) => {
      const supply = supplies.find((candidate) => candidate.supplyId === stored.supply_id);
      const result = supply && recompute(period, supply.facts);
      return supply && result && 'done' in result
        ? [{ facts: supply.facts, done: result.done, unit: stored.unit }]
        : [];
    });
    const value = rows.reduce((sum, stored) => sum + stored.net_kop, 0n);
    const again = charged.reduce((sum, { done }) => sum + done.kop, 0n);
    const isComplete = charged.length === rows.length;
    const tariffs = [
      ...new Set([
        ...rows.map((stored) => stored.tariff_id),
        ...charged.flatMap(({ done }) => done.parts.map((part) => part.tariffId)),
      ]),
    ];
    const sources = await this.sources(rows, tariffs, period);
    const corrected = await correctionSources(
      this.database,
      { accountId: account.id, number: account.number, month: at.period, service: at.service, provider: at.provider },
      isComplete ? again - value : 0n,
    );
    const marks = [...new Set(sources.flatMap(({ mark }) => (mark ? [mark] : [])))];
    return {
      title: {
        key: 'billing.trace.title.accrual',
        params: { service: row.service_name, provider: row.provider_name, month: at.period },
      },
      value: hryvnias(value),
      pills: [
        {
          text: { key: `billing.trace.lane.${row.state ?? 'none'}`, params: {} },
          tone: row.state === 'locked' ? 'good' : 'neutral',
        },
        ...marks.map((mark) => ({
          text: markWords(mark),
          tone: mark === 'fact' || mark === 'confirmed' || mark === 'published' ? ('good' as const) : ('warn' as const),
        })),
      ],
      steps: await this.steps(period, charged),
      sources: [...sources.map(({ mark: _mark, ...source }) => source), ...corrected],
      versions: [{ what: { key: 'billing.trace.version.rule', params: {} }, value: String(row.rule_version) }],
      secondCalculation: { agrees: isComplete && again === value, value: hryvnias(again) },
    };
  }

  /** A benefit is told by the name of its category. */
  private async steps(period: Period, charged: readonly Charged[]): Promise<TraceStep[]> {
    const codes = charged.flatMap(({ facts }) => (facts.entitlements ?? []).map(({ category }) => category));
    const rows =
      codes.length === 0
        ? []
        : await this.database.query<{ code: string; name: string }>(
            'select code, name from benefits.pub_category_v1 where code = any($1::text[]) and valid && daterange($2, $3)',
            [codes, period.firstDay, period.next().firstDay],
          );
    const names = new Map(rows.map(({ code, name }) => [code, name]));
    return charged.flatMap(({ facts, done, unit }) => chargeSteps(period, facts, { result: done, unit, names }));
  }

  private async sources(
    rows: readonly AccrualRow[],
    tariffs: readonly number[],
    period: Period,
  ): Promise<(TraceSource & { mark: string | null })[]> {
    const norms = rows.flatMap((row) => (row.norm_id === null ? [] : [row.norm_id]));
    const readings = rows.flatMap((row) => [row.reading_from, row.reading_to].filter((id) => id !== null));
    const found = await this.database.query<SourceRow>(SOURCES, [tariffs, norms, readings, period.firstDay]);
    return found.map((source) => ({
      kind: source.kind,
      title: { key: `billing.trace.source.${source.kind}`, params: { code: source.code, [source.kind === 'reading' ? 'source' : 'title']: source.title } },
      mark: source.mark,
      ...(source.date ? { date: source.date } : {}),
      ...(source.number ? { number: source.number } : {}),
    }));
  }
}
