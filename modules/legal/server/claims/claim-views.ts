import type { Readable } from 'node:stream';
import { listFile } from '@komplat/documents';
import { formatAccount, notFound } from '@komplat/kernel';
import { type Actor, Database, type Locale, may, Messages, readList, readWholeList } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import {
  ClaimParameters, type ClaimChoices, type ClaimItem, type ClaimItemList, type ClaimItemsFileQuery, type ClaimItemsQuery, type ClaimItemView,
  type ClaimOutcome, type ClaimRun, type ClaimRunList, type ClaimRunsQuery, type ClaimRunView,
} from '../../contract/claim.schema.ts';
import { courtClaimId } from '../../contract/claim-workflows.ts';
import { PackSnapshot } from '../../contract/pack.schema.ts';
import { LEGAL_PERMISSIONS as P } from '../../contract/permissions.ts';
import { seenProviders } from '../cases/case-scope.ts';
import { ClaimRules, missingIndices } from './claim-rules.ts';
import { kopText } from './claim-run.ts';
import { seenCreditors, seenRun } from './claim-scope.ts';
import { COURT_GROUPS, CREDITORS, FINDINGS, ITEM_DEBTORS, ITEM_FINDINGS, ITEM_MONTHS, itemParams, ITEMS, OUTCOMES, RUN_LIST, RUNS } from './view-sql.ts';

interface RunRow {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly as_of: string;
  readonly state: ClaimRun['state'];
  readonly version: number;
  readonly reason: string;
  readonly created_by: string;
  readonly created_at: Date;
  readonly parameters: unknown;
  readonly accounts: number;
  readonly items: number;
  readonly filed: number;
  readonly blocked: number;
  readonly total: bigint;
}
type Sums = 'principal' | 'inflation' | 'interest' | 'penalty' | 'fee';
type KopSums = Readonly<Record<Sums, bigint>>;
interface ItemRow {
  readonly id: string;
  readonly run_id: string;
  readonly number: string;
  readonly account: string;
  readonly holder: string;
  readonly address: string;
  readonly provider: string | null;
  readonly provider_name: string | null;
  readonly court: string | null;
  readonly court_name: string | null;
  readonly court_by: ClaimItemView['courtBy'];
  readonly court_place: string | null;
  readonly kind: ClaimItem['kind'];
  readonly outcome: ClaimOutcome;
  readonly reason_code: string | null;
  readonly reason_params: Record<string, unknown> | null;
  readonly principal_kop: bigint;
  readonly inflation_kop: bigint;
  readonly interest_kop: bigint;
  readonly penalty_kop: bigint;
  readonly fee_kop: bigint;
  readonly total_kop: bigint;
  readonly pack_id: string | null;
  readonly fee_paid_on: string | null;
  readonly filed_on: string | null;
  readonly case_number: string | null;
  readonly snapshot_sha256: string | null;
  readonly months: number;
  readonly oldest: string | null;
  readonly findings: ClaimItem['findings'];
}
type MonthSums = { readonly charged_kop: bigint; readonly covered_kop: bigint; readonly debt_kop: bigint };

const runOf = (row: RunRow): ClaimRun => ({
  id: row.id, number: row.number, title: row.title, asOf: row.as_of, state: row.state, accounts: row.accounts, items: row.items, filed: row.filed,
  blocked: row.blocked, total: kopText(row.total), createdBy: row.created_by, createdAt: row.created_at.toISOString(),
});
const itemOf = (row: ItemRow): ClaimItem => ({
  id: row.id, number: row.number, account: row.account, holder: row.holder, address: row.address, provider: row.provider,
  providerName: row.provider_name, court: row.court, courtName: row.court_name, kind: row.kind,
  outcome: row.outcome, reason: row.reason_code === null ? null : { code: row.reason_code, params: row.reason_params ?? {} }, months: row.months,
  oldest: row.oldest?.slice(0, 7) ?? null, principal: kopText(row.principal_kop), inflation: kopText(row.inflation_kop),
  interest: kopText(row.interest_kop), penalty: kopText(row.penalty_kop), fee: kopText(row.fee_kop), total: kopText(row.total_kop),
  findings: row.findings, packId: row.pack_id, feePaidOn: row.fee_paid_on, filedOn: row.filed_on, caseNumber: row.case_number,
});
/** Codes and phones of debtors are shown to those who prepare the papers. */
const forReader = (snapshot: PackSnapshot, actor: Actor): PackSnapshot =>
  may(actor, P.claimPrepare.id) ? snapshot : { ...snapshot, debtors: snapshot.debtors.map((debtor) => ({ ...debtor, taxNumber: null, phone: null })) };

/** What people read of runs: where every item stands, and on what it rests. */
@Injectable()
export class ClaimViews {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(ClaimRules) private readonly rules: ClaimRules,
  ) {}

  async choices(actor: Actor): Promise<ClaimChoices> {
    const today = await this.rules.today();
    const courts = await this.database.query<{ code: string; name: string }>(
      `select code, name from legal.court where level like 'first instance%' and valid @> $1::date order by code`,
      [today],
    );
    const providers = await this.database.query<{ code: string; name: string }>(
      'select code, short_name as name from tariffs.pub_provider_v1 where $1::text[] is null or code = any($1) order by code',
      [seenProviders(actor)],
    );
    return { today, courts, missingIndices: await missingIndices(this.database, today), providers, rules: [...(await this.rules.on(today)).rows] };
  }

  async runs(query: ClaimRunsQuery, actor: Actor): Promise<ClaimRunList> {
    const { rows, ...rest } = await readList<RunRow>(this.database, RUN_LIST, [await seenCreditors(this.database, actor), null], query);
    return { items: rows.map(runOf), ...rest };
  }

  /** Refuses 404 `legal.claim.run-unknown`. */
  async run(id: string, actor: Actor): Promise<ClaimRunView> {
    await seenRun(this.database, id, actor);
    const [row] = await this.database.query<RunRow>(RUNS, [null, id]);
    if (!row) throw notFound('legal.claim.run-unknown', { id });
    const outcomes = await this.database.query<{ outcome: ClaimOutcome; count: number; total: bigint }>(OUTCOMES, [id]);
    const creditors = await this.database.query<KopSums & { provider: string; providerName: string; orders: number; claims: number }>(CREDITORS, [id]);
    const courts = await this.database.query<{ court: string | null; courtName: string | null; orders: number; claims: number; total: bigint; fee: bigint }>(COURT_GROUPS, [id]);
    const findings = await this.database.query<ClaimRunView['findings'][number]>(FINDINGS, [id]);
    const [process] = await this.database.query<{ state: string; message: string | null; params: Record<string, unknown> }>(
      'select state, message_key as message, message_params as params from platform.process_progress where workflow_id = $1',
      [courtClaimId(id)],
    );
    const [waiting] = await this.database.query<{ id: string }>(
      `select a.id from platform.approval a where a.action = 'legal.approve-claims' and a.subject = $1 and a.state = 'waiting'`,
      [`claim-run/${row.number}`],
    );
    const rules = await this.rules.on(row.as_of);
    return {
      ...runOf(row),
      parameters: ClaimParameters.parse(row.parameters),
      reason: row.reason,
      version: row.version,
      process: process ?? null,
      outcomes: outcomes.map(({ total, ...each }) => ({ ...each, total: kopText(total) })),
      creditors: creditors.map(({ provider, providerName, orders, claims, ...sums }) => ({
        provider, providerName, orders, claims, principal: kopText(sums.principal), inflation: kopText(sums.inflation),
        interest: kopText(sums.interest), penalty: kopText(sums.penalty), fee: kopText(sums.fee),
      })),
      courts: courts.map(({ total, fee, ...each }) => ({ ...each, total: kopText(total), fee: kopText(fee) })),
      findings,
      marks: rules.rows.filter(({ mark }) => mark === 'needs a lawyer'),
      approvalId: waiting?.id ?? null,
    };
  }

  async items(id: string, query: ClaimItemsQuery, actor: Actor): Promise<ClaimItemList> {
    await seenRun(this.database, id, actor);
    const { rows, ...rest } = await readList<ItemRow>(this.database, ITEMS, itemParams(id, query), query);
    return { items: rows.map(itemOf), ...rest };
  }

  async file(id: string, query: ClaimItemsFileQuery, { actor, locale }: { actor: Actor; locale: Locale }): Promise<Readable> {
    const run = await seenRun(this.database, id, actor);
    const say = (key: string): string => this.messages.text(locale, `legal.ui.claims.${key}`);
    const money = (key: Sums | 'total') => ({ key, title: say(key), kind: 'money' as const, value: (row: ClaimItem) => row[key] });
    return listFile<ItemRow, ClaimItem>(
      {
        title: `${say('run-title')} ${run.number}`,
        filter: [query.outcome && say(`outcome.${query.outcome}`), query.provider, query.finding && say(`finding.${query.finding}`)],
        ask: query,
        by: actor.login,
        say: (key, params) => this.messages.text(locale, key, params),
        toRow: itemOf,
        columns: [
          { key: 'number', title: say('number'), kind: 'text', width: 16, value: (row) => row.number },
          { key: 'account', title: say('account'), kind: 'text', width: 14, value: (row) => formatAccount(row.account) },
          { key: 'holder', title: say('holder'), kind: 'text', width: 36, value: (row) => row.holder },
          { key: 'address', title: say('address'), kind: 'text', width: 40, value: (row) => row.address },
          { key: 'provider', title: say('provider'), kind: 'text', width: 24, value: (row) => row.providerName },
          { key: 'court', title: say('court'), kind: 'text', width: 40, value: (row) => row.courtName },
          { key: 'kind', title: say('kind'), kind: 'text', value: (row) => say(`kind.${row.kind}`) },
          { key: 'outcome', title: say('outcome'), kind: 'text', value: (row) => say(`outcome.${row.outcome}`) },
          { key: 'findings', title: say('findings'), kind: 'text', width: 50, value: (row) => row.findings.map(({ code }) => say(`finding.${code}`)).join('; ') },
          { key: 'months', title: say('months'), kind: 'integer', value: (row) => row.months },
          ...(['principal', 'inflation', 'interest', 'penalty', 'total', 'fee'] as const).map(money),
          { key: 'filedOn', title: say('filed-on'), kind: 'day', value: (row) => row.filedOn },
          { key: 'caseNumber', title: say('case-number'), kind: 'text', value: (row) => row.caseNumber },
        ],
      },
      (work) => readWholeList(this.database, ITEMS, itemParams(id, query), query, { actor, subject: `claim-run/${run.number}` }, work),
    );
  }

  /** Refuses 404 `legal.claim.item-unknown`. */
  async item(id: string, actor: Actor): Promise<ClaimItemView> {
    const [own] = await this.database.query<{ run_id: string }>('select run_id from legal.claim_item where id = $1', [id]);
    if (!own) throw notFound('legal.claim.item-unknown', { id });
    const run = await seenRun(this.database, own.run_id, actor);
    const [row] = await this.database.query<ItemRow>(`select l.* from (${ITEMS.sql}) l where l.id = $7`, [...itemParams(run.id, {}), id]);
    if (!row) throw notFound('legal.claim.item-unknown', { id });
    const day = await this.rules.today();
    const months = await this.database.query<MonthSums & Omit<ClaimItemView['monthRows'][number], 'charged' | 'covered' | 'debt'>>(ITEM_MONTHS, [id, day]);
    const [pack] = await this.database.query<{ sha256: string }>('select snapshot_sha256 as sha256 from legal.pack where id = $1', [row.pack_id]);
    const [frozen] = await this.database.query<{ body: unknown; trace: ClaimItemView['trace'] }>(
      'select body, trace from legal.claim_snapshot where item_id = $1 order by ordinal desc limit 1',
      [id],
    );
    return {
      ...itemOf(row),
      runId: run.id,
      runNumber: run.number,
      monthRows: months.map(({ charged_kop: charged, covered_kop: covered, debt_kop: debt, ...each }) => ({
        ...each, charged: kopText(charged), covered: kopText(covered), debt: kopText(debt),
      })),
      allFindings: await this.database.query<ClaimItemView['allFindings'][number]>(ITEM_FINDINGS, [id]),
      debtorRows: await this.database.query<ClaimItemView['debtorRows'][number]>(ITEM_DEBTORS, [id]),
      courtBy: row.court_by,
      courtPlace: row.court_place,
      snapshotSha256: row.snapshot_sha256,
      packSha256: pack?.sha256 ?? null,
      snapshot: frozen ? forReader(PackSnapshot.parse(frozen.body), actor) : null,
      trace: frozen?.trace ?? [],
    };
  }
}
