import { BILLING_API, type BillingApi, ENTRY_KINDS } from '@komplat/billing/contract';
import { assert, DomainError, Money, Period } from '@komplat/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { CaseActOrder } from '../../contract/case.schema.ts';
import { type CaseRow, type PartRow, partsOf, type CaseTx } from './case-store.ts';

const DOCUMENT = 'legal-case';
const hryvnias = (kop: bigint): string => Money.ofKop(kop).toString();

/** Money of a case: what is claimed, awarded and written off, and its lines in the ledger. */
@Injectable()
export class CaseMoney {
  constructor(@Inject(BILLING_API) private readonly billing: BillingApi) {}

  /** Stores what the court awarded; the rest of each part is refused. Refuses `legal.case.awarded-more`, `awarded-unknown`, `awarded-missing`, `awarded-below-recovered`. */
  async award(tx: CaseTx, caseId: string, awarded: NonNullable<CaseActOrder['awarded']>): Promise<void> {
    const parts = await partsOf(tx, caseId);
    const sums = awarded === 'all' ? parts.map(({ no, claimed }) => ({ no, kop: claimed })) : this.named(parts, awarded);
    for (const { no, kop } of sums) {
      const part = parts.find((each) => each.no === no);
      assert(part, `part ${no}`);
      if (kop > part.claimed) throw new DomainError('legal.case.awarded-more', { no, awarded: hryvnias(kop), claimed: hryvnias(part.claimed), path: 'body.awarded' });
      if (kop < part.recovered) {
        throw new DomainError('legal.case.awarded-below-recovered', { no, awarded: hryvnias(kop), recovered: hryvnias(part.recovered), path: 'body.awarded' });
      }
    }
    await tx.query(
      `update legal.case_part q set awarded_kop = a.kop, refused_kop = q.claimed_kop - a.kop, outstanding_kop = a.kop - q.recovered_kop - q.written_off_kop
       from unnest($2::int[], $3::bigint[]) a(no, kop) where q.case_id = $1 and q.no = a.no`,
      [caseId, sums.map(({ no }) => no), sums.map(({ kop }) => kop)],
    );
  }

  /** The decision fell: what was claimed stands again. */
  async dropAward(tx: CaseTx, caseId: string): Promise<void> {
    await tx.query(
      `update legal.case_part set awarded_kop = null, refused_kop = null, outstanding_kop = claimed_kop - recovered_kop - written_off_kop where case_id = $1`,
      [caseId],
    );
  }

  /** The claim is amended part by part. Refuses `legal.case.amended-below-recovered`, `legal.case.awarded-unknown`. */
  async amend(tx: CaseTx, caseId: string, amended: NonNullable<CaseActOrder['amended']>): Promise<void> {
    const parts = await partsOf(tx, caseId);
    const changed = amended.map(({ no, amount }) => {
      const part = parts.find((each) => each.no === no);
      if (!part) throw new DomainError('legal.case.awarded-unknown', { no, path: 'body.amended' });
      const { kop } = Money.parse(amount);
      if (kop < part.recovered) throw new DomainError('legal.case.amended-below-recovered', { no, recovered: hryvnias(part.recovered), path: 'body.amended' });
      return { no, kop };
    });
    await tx.query(
      `update legal.case_part q set claimed_kop = a.kop, outstanding_kop = a.kop - q.recovered_kop - q.written_off_kop
       from unnest($2::int[], $3::bigint[]) a(no, kop) where q.case_id = $1 and q.no = a.no`,
      [caseId, changed.map(({ no }) => no), changed.map(({ kop }) => kop)],
    );
  }

  /** A decision came into force: what was awarded beyond the debt itself becomes a debt of its own kind, once. */
  async postAwards(tx: CaseTx, row: CaseRow, on: string, by: string): Promise<void> {
    const parts = await partsOf(tx, row.id);
    const base = parts.find(({ part }) => part === 'principal') ?? parts[0];
    for (const part of parts) {
      const kop = part.awarded ?? 0n;
      if (part.part === 'principal' || kop === 0n) continue;
      const kind = part.part === 'fee' ? ENTRY_KINDS.courtFee : ENTRY_KINDS.courtAward;
      await this.enter(tx, row, { part, base, kind, kop, on, by });
    }
  }

  /** What cannot be recovered leaves the debt by a document. Refuses `legal.case.write-off-more-than-owed`. */
  async writeOff(tx: CaseTx, row: CaseRow, on: string, by: string): Promise<void> {
    const parts = (await partsOf(tx, row.id)).filter(({ outstanding }) => outstanding > 0n);
    const base = parts.find(({ part }) => part === 'principal') ?? parts[0];
    const [owed] = await tx.query<{ kop: bigint }>(
      `select coalesce(sum(outstanding_kop), 0)::bigint as kop from billing.pub_open_item_v1 where account_id = $1 and provider_id = $2`,
      [row.accountId, row.providerId],
    );
    const total = parts.reduce((sum, { outstanding }) => sum + outstanding, 0n);
    if ((owed?.kop ?? 0n) < total) {
      throw new DomainError('legal.case.write-off-more-than-owed', { sum: hryvnias(total), owed: hryvnias(owed?.kop ?? 0n) }, 409);
    }
    for (const part of parts) await this.enter(tx, row, { part, base, kind: ENTRY_KINDS.writeOff, kop: -part.outstanding, on, by });
    await tx.query(`update legal.case_part set written_off_kop = written_off_kop + outstanding_kop, outstanding_kop = 0 where case_id = $1`, [row.id]);
  }

  private async enter(
    tx: CaseTx, row: CaseRow,
    line: { part: PartRow; base: PartRow | undefined; kind: number; kop: bigint; on: string; by: string },
  ): Promise<void> {
    const { part, base, kind, kop, on, by } = line;
    const service = part.service ?? base?.service;
    const period = part.period ?? base?.period;
    if (!service || !period) throw new DomainError('legal.case.no-service', { number: row.number }, 409);
    await this.billing.entry(tx, {
      accountId: row.accountId,
      service,
      provider: row.provider,
      kind,
      amount: Money.ofKop(kop),
      nominal: on,
      forPeriod: Period.ofDay(period),
      effective: on,
      by,
      document: { kind: DOCUMENT, id: row.id },
    });
  }

  private named(parts: readonly PartRow[], given: Exclude<NonNullable<CaseActOrder['awarded']>, 'all'>): { no: number; kop: bigint }[] {
    const unknown = given.find(({ no }) => parts.every((part) => part.no !== no));
    if (unknown) throw new DomainError('legal.case.awarded-unknown', { no: unknown.no, path: 'body.awarded' });
    return parts.map(({ no }) => {
      const found = given.find((each) => each.no === no);
      if (!found) throw new DomainError('legal.case.awarded-missing', { no, path: 'body.awarded' });
      return { no, kop: Money.parse(found.amount).kop };
    });
  }
}
