import { Money, Period } from '@komplat/kernel';
import type { MoneyEffect, MoneyPreview, MoneyPreviewAsk, PreviewTx } from '@komplat/registry/contract';
import { Database } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';

interface LineRow {
  readonly key: string;
  readonly month: string;
  readonly service: string;
  readonly serviceName: string;
  readonly provider: string;
  readonly providerName: string;
  readonly before_kop: bigint | null;
  readonly after_kop: bigint;
  readonly failed: string | null;
}
interface Sum {
  readonly month: string;
  readonly service: string;
  readonly serviceName: string;
  readonly provider: string;
  readonly providerName: string;
  before: bigint;
  after: bigint;
}
const MONTHS = 36;
const LINES = `
  select concat_ws('/', r.account_id, r.service_id, r.provider_id, r.month) as key, to_char(r.month, 'YYYY-MM') as month, s.code as service, s.name as "serviceName",
    p.code as provider, p.name as "providerName", r.before_kop, r.after_kop, r.failed
  from billing.recompute_lines($1::int[], $2, $3, null, true) r
  join tariffs.pub_service_v1 s on s.id = r.service_id join tariffs.pub_provider_v1 p on p.id = r.provider_id
  order by r.month, s.pay_order, p.code`;

/**
 * The money of a change of facts that is not saved yet. The months are computed twice: inside the transaction in which the change
 * stands, and beside it, where it does not. A month in the books is compared with the books, an open one with what it would be
 * charged today.
 */
@Injectable()
export class MoneyPreviewService implements MoneyPreview {
  constructor(@Inject(Database) private readonly database: Database) {}

  async preview(tx: PreviewTx, ask: MoneyPreviewAsk): Promise<readonly MoneyEffect[]> {
    const until = Period.parse(ask.until);
    const first = Period.ofDay(ask.from);
    const earliest = until.plus(1 - MONTHS);
    const from = first.firstDay < earliest.firstDay ? earliest : first;
    if (ask.accountIds.length === 0 || from.firstDay > until.firstDay) return [];
    const params = [ask.accountIds, from.firstDay, until.firstDay];
    const changed = await tx.query<LineRow>(LINES, params);
    const unchanged = await this.database.dryRun((own) => own.query<LineRow>(LINES, params));
    return effects(unchanged, changed);
  }
}

/** Sums by month, service and provider of the lines that the change touches. */
function effects(unchanged: readonly LineRow[], changed: readonly LineRow[]): MoneyEffect[] {
  const before = new Map(unchanged.map((row) => [row.key, row]));
  const after = new Map(changed.map((row) => [row.key, row]));
  const sums = new Map<string, Sum>();
  for (const key of new Set([...after.keys(), ...before.keys()])) {
    const [was, now] = [before.get(key), after.get(key)];
    const row = now ?? was;
    const isSame = (was?.after_kop ?? 0n) === (now?.after_kop ?? 0n) && (was?.failed ?? null) === (now?.failed ?? null);
    if (!row || isSame || (now?.failed ?? null) !== null) continue;
    const { month, service, serviceName, provider, providerName } = row;
    const sum = sums.get(`${month}/${service}/${provider}`) ?? { month, service, serviceName, provider, providerName, before: 0n, after: 0n };
    sum.before += row.before_kop ?? was?.after_kop ?? 0n;
    sum.after += now?.after_kop ?? 0n;
    sums.set(`${month}/${service}/${provider}`, sum);
  }
  return [...sums.values()]
    .filter((sum) => sum.before !== sum.after)
    .toSorted((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0))
    .map((sum) => ({ ...sum, before: Money.ofKop(sum.before).toString(), after: Money.ofKop(sum.after).toString() }));
}
