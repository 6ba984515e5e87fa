import { Inject, Injectable } from '@nestjs/common';
import { DomainError, Money, Period } from '@komplat/kernel';
import { Database } from '@komplat/server';
import type { BillingApi, BillingTx, CreditLine, EntryLine, NamedLine, PlanLine } from '../../contract/billing.api.ts';

interface PlanRow {
  readonly debt_month: string | null;
  readonly service: string;
  readonly provider: string;
  readonly outstanding_kop: bigint | null;
  readonly covered_kop: bigint;
  readonly advance_kop: bigint;
}
interface PostingRow {
  readonly id: bigint;
}

const namedJson = (named: readonly NamedLine[] | undefined): string | null =>
  named && named.length > 0
    ? JSON.stringify(
        named.map(({ service, provider, amount }) => ({
          service,
          ...(provider ? { provider } : {}),
          amount_kop: amount.kop.toString(),
        })),
      )
    : null;

/** Ledger, allocations, open items and advances change through the functions of the database that this service calls. */
@Injectable()
export class LedgerService implements BillingApi {
  constructor(@Inject(Database) private readonly database: Database) {}

  async post(tx: BillingTx, line: CreditLine): Promise<bigint> {
    const rows = await tx.query<PostingRow>('select billing.post_payment($1, $2, $3, $4, $5, $6, $7::jsonb) as id', [
      line.paymentId,
      line.accountId,
      line.amount.kop,
      line.nominal,
      line.effective,
      line.by,
      namedJson(line.named),
    ]);
    return only(rows);
  }

  async entry(tx: BillingTx, line: EntryLine): Promise<bigint> {
    const rows = await tx.query<PostingRow>(
      `select billing.post_entry($1, s.id, p.id, $4::smallint, $5, $6, $7, $8, $9, $10, $11) as id
       from tariffs.pub_service_v1 s, tariffs.pub_provider_v1 p where s.code = $2 and p.code = $3`,
      [
        line.accountId,
        line.service,
        line.provider,
        line.kind,
        line.amount.kop,
        line.nominal,
        line.forPeriod.firstDay,
        line.effective,
        line.by,
        line.document.kind,
        line.document.id,
      ],
    );
    return only(rows);
  }

  async reverse(
    tx: BillingTx,
    postingId: bigint,
    by: string,
    document: { readonly kind: string; readonly id: string },
    nominal: string,
  ): Promise<bigint> {
    const rows = await tx.query<PostingRow>('select billing.reverse_posting($1, $2, $3, $4, $5) as id', [
      postingId,
      by,
      document.kind,
      document.id,
      nominal,
    ]);
    return only(rows);
  }

  async preview(accountId: number, amount: Money, named?: readonly NamedLine[]): Promise<readonly PlanLine[]> {
    const rows = await this.database.query<PlanRow>(
      `select r.debt_month, s.code as service, p.code as provider, r.outstanding_kop, r.covered_kop, r.advance_kop
       from billing.preview_payment($1, $2, $3::jsonb) with ordinality r(debt_month, service_id, provider_id, outstanding_kop, covered_kop, advance_kop, place)
       join tariffs.pub_service_v1 s on s.id = r.service_id join tariffs.pub_provider_v1 p on p.id = r.provider_id order by r.place`,
      [accountId, amount.kop, namedJson(named)],
    );
    return rows.map((row) => ({
      month: row.debt_month === null ? null : Period.ofDay(row.debt_month),
      service: row.service,
      provider: row.provider,
      outstanding: Money.ofKop(row.outstanding_kop ?? 0n),
      covered: Money.ofKop(row.covered_kop),
      advance: Money.ofKop(row.advance_kop),
    }));
  }
}

function only(rows: readonly PostingRow[]): bigint {
  const [row] = rows;
  if (!row) throw new DomainError('billing.service.unknown', {});
  return row.id;
}
