import { conflict, DomainError, Money } from '@komplat/kernel';
import { type Actor, audit, Database, publish, type Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { ClaimFiling, type ClaimRowOutcomes, type FilingRow } from '../../contract/claim.schema.ts';
import { claimRunOrdered } from '../../contract/claim-events.ts';
import { PackSnapshot } from '../../contract/pack.schema.ts';
import { CASES, type Cases, type CaseOpening } from '../services/ports.ts';
import { DIFFERS } from './change-sql.ts';
import { namedItems } from './claim-desk.ts';
import { ClaimRules } from './claim-rules.ts';
import type { ClaimRunRow } from './claim-run.ts';
import { seenRun } from './claim-scope.ts';
import { itemNumber } from './claim-snapshot.ts';

interface FiledRow {
  readonly id: string;
  readonly account_id: number;
  readonly provider_id: number;
  readonly kind: 'order' | 'claim';
  readonly outcome: string;
  readonly pack_id: string;
  readonly fee_kop: bigint;
  readonly credited_kop: bigint;
  readonly fee_import_id: string | null;
  readonly differs: boolean;
  readonly body: unknown;
}
type Outcome = ClaimRowOutcomes['rows'][number];
type Parts = CaseOpening['parts'];
const HEADER = /^\s*number\s*;/i;

/** Papers that left the house: every row has its outcome, and every filed paper its case. */
@Injectable()
export class ClaimFilings {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ClaimRules) private readonly rules: ClaimRules,
    @Inject(CASES) private readonly cases: Cases,
  ) {}

  /** A list file: number;filedOn;caseNumber, days as 2026-11-23 or 23.11.2026. A line that cannot be read is refused by itself. */
  async fileList(runId: string, csv: string, actor: Actor): Promise<ClaimRowOutcomes> {
    const lines = csv.replace(/^\uFEFF/, '').split(/\r?\n/).filter((line) => line.trim() !== '' && !HEADER.test(line));
    const outcomes: Outcome[] = [];
    for (const line of lines) {
      const [number = '', day = '', caseNumber = ''] = line.split(';').map((cell) => cell.trim());
      const filedOn = day.replace(/^(\d{2})\.(\d{2})\.(\d{4})$/, '$3-$2-$1');
      const read = ClaimFiling.safeParse({ rows: [{ number, filedOn, ...(caseNumber === '' ? {} : { caseNumber }) }] });
      if (read.success) outcomes.push(...(await this.file(runId, read.data, actor)).rows);
      else outcomes.push({ row: number || line.slice(0, 40), done: false, code: 'legal.claim.line-unreadable', params: { line: line.slice(0, 80) } });
    }
    return summed(outcomes);
  }

  /** Each row by itself: what one refuses does not hold the others. */
  async file(runId: string, filing: ClaimFiling, actor: Actor): Promise<ClaimRowOutcomes> {
    const run = await seenRun(this.database, runId, actor);
    const today = await this.rules.today();
    const outcomes: Outcome[] = [];
    for (const row of await this.rowsOf(run, filing)) outcomes.push(await this.one(run, row, { actor, today }));
    return summed(outcomes);
  }

  private async rowsOf(run: ClaimRunRow, { rows, filedOn, items, filter }: ClaimFiling): Promise<readonly FilingRow[]> {
    if (rows || filedOn === undefined) return rows ?? [];
    const ids = await namedItems(this.database, run.id, { items, filter });
    const marked = await this.database.query<{ ordinal: number }>(
      `select ordinal from legal.claim_item where run_id = $1 and id = any($2::uuid[]) and kind <> 'none' order by ordinal`,
      [run.id, ids],
    );
    return marked.map(({ ordinal }) => ({ number: itemNumber(run.number, ordinal), filedOn }));
  }

  private async one(run: ClaimRunRow, row: FilingRow, { actor, today }: { actor: Actor; today: string }): Promise<Outcome> {
    try {
      await this.database.transaction(async (tx) => {
        const item = await itemOf(tx, run, row.number);
        if (item.differs) throw conflict('legal.claim.changed', { number: row.number });
        const snapshot = PackSnapshot.parse(item.body);
        if (row.filedOn > today) throw new DomainError('legal.claim.filed-later', { day: row.filedOn, today });
        if (row.filedOn < snapshot.preparedOn) throw new DomainError('legal.claim.filed-before', { day: row.filedOn, prepared: snapshot.preparedOn });
        await refuseRenamed(tx, snapshot.court, row);
        const { caseId } = await this.cases.open(tx, {
          accountId: item.account_id, providerId: item.provider_id, kind: item.kind, packId: item.pack_id, claimItemId: item.id,
          court: snapshot.court.code, filedOn: row.filedOn, ...(row.caseNumber ? { caseNumber: row.caseNumber } : {}),
          debtors: snapshot.debtors.map(({ personId }) => personId), parts: await partsOf(tx, item, snapshot), by: actor.login,
        });
        await tx.query(
          `update legal.claim_item set outcome = 'filed', filed_on = $2, case_id = $3, case_number = $4, changed_by = $5, changed_at = now() where id = $1`,
          [item.id, row.filedOn, caseId, row.caseNumber ?? null, actor.login],
        );
        await audit(tx, { actor, action: 'legal.claim.file', subject: `claim/${row.number}`, after: { filedOn: row.filedOn, caseId } });
        await publish(tx, claimRunOrdered, `claim-run/${run.id}`, { runId: run.id, startedBy: actor.login });
      });
      return { row: row.number, done: true, code: null, params: {} };
    } catch (error) {
      if (!(error instanceof DomainError) || error.status === 503) throw error;
      return { row: row.number, done: false, code: error.code, params: paramsOf(error) };
    }
  }
}

const paramsOf = ({ params }: DomainError): Record<string, string | number> =>
  Object.fromEntries(Object.entries(params).map(([key, value]) => [key, typeof value === 'number' ? value : String(value)]));
const summed = (rows: readonly Outcome[]): ClaimRowOutcomes => {
  const done = rows.filter((row) => row.done).length;
  return { done, refused: rows.length - done, rows: [...rows] };
};

/** A pack that is addressed to another name than the court has on its day. Refuses `legal.claim.court-renamed`. */
async function refuseRenamed(tx: Tx, { code, name }: PackSnapshot['court'], { number, filedOn }: FilingRow): Promise<void> {
  const [now] = await tx.query<{ name: string }>('select name from legal.court where code = $1 and valid @> $2::date', [code, filedOn]);
  if (now && now.name !== name) throw conflict('legal.claim.court-renamed', { number, was: name, now: now.name });
}

/** Refuses `legal.claim.number-unknown`, `legal.claim.not-signed`, `legal.claim.fee-unpaid`. */
async function itemOf(tx: Tx, run: ClaimRunRow, number: string): Promise<FiledRow> {
  const ordinal = number.startsWith(`${run.number}/`) ? number.slice(run.number.length + 1) : '';
  const [item] = await tx.query<FiledRow>(
    `select i.id, i.account_id, i.provider_id::int as provider_id, i.kind, i.outcome, i.pack_id, i.fee_kop, i.credited_kop, i.fee_import_id,
       ${DIFFERS} as differs, (select s.body from legal.claim_snapshot s where s.item_id = i.id order by s.ordinal desc limit 1) as body
     from legal.claim_item i where i.run_id = $1 and i.ordinal::text = $2 and i.kind <> 'none' for update`,
    [run.id, ordinal],
  );
  if (!item) throw new DomainError('legal.claim.number-unknown', { number, run: run.number });
  if (item.outcome === 'filed') throw conflict('legal.claim.filed-already', { number });
  if (item.outcome !== 'signed') throw conflict('legal.claim.not-signed', { number, outcome: item.outcome });
  if (item.fee_import_id === null && item.fee_kop > item.credited_kop) throw conflict('legal.claim.fee-unpaid', { number });
  return item;
}

/** What is claimed by month and part, as the case follows it. */
async function partsOf(tx: Tx, item: FiledRow, snapshot: PackSnapshot): Promise<Parts> {
  const services = await tx.query<{ id: number; code: string }>('select id::int as id, code from tariffs.pub_service_v1');
  const idOf = (code: string): number | null => services.find((service) => service.code === code)?.id ?? null;
  const principal = snapshot.items.map(({ service, month, debt }) => ({
    serviceId: idOf(service), period: month, part: 'principal' as const, amountKop: Money.parse(debt).kop,
  }));
  const { rows } = snapshot.calculation;
  const months = [...new Map(rows.map(({ service, month }) => [`${service} ${service && month}`, { service, month }])).values()];
  const additions = (['inflation', 'interest', 'penalty'] as const).flatMap((part) =>
    months.map(({ service, month }) => ({
      // an act counts the whole item: its additions belong to no single month
      serviceId: service === '' ? null : idOf(service),
      period: service === '' ? null : month,
      part,
      amountKop: rows.reduce(
        (sum, row) => (row.service === service && (service === '' || row.month === month) ? sum + Money.parse(row[part]).kop : sum),
        0n,
      ),
    })),
  );
  const fee = { serviceId: null, period: null, part: 'fee' as const, amountKop: item.fee_kop };
  return [...principal, ...additions, fee].filter(({ amountKop }) => amountKop > 0n);
}
