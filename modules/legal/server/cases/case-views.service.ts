import type { Readable } from 'node:stream';
import { type ListFile, listFile } from '@komplat/documents';
import { formatAccount, Money } from '@komplat/kernel';
import { type Actor, Database, type Locale, Messages, readList, readWholeList } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { AccountCases, CaseItem, CaseList, CaseMoneyPart, CasesFileQuery, CasesQuery, CaseView } from '../../contract/case.schema.ts';
import { CASE_RULES, whyNotOffered } from '../../domain/index.ts';
import { accountIdOf } from './case-opening.service.ts';
import { orderOf } from './case-receipts.service.ts';
import { refuseForeign, seenProviders } from './case-scope.ts';
import { CASE_FROM, CASES, GROUPS } from './case-sql.ts';
import { type CaseRow, caseRow, factsOf, operatingDay, outstandingOf, type PartRow, partsOf } from './case-store.ts';
import { OWN_TASKS } from './case-terms.ts';

type ItemRow = Omit<CaseItem, 'claimed' | 'outstanding'> & { readonly claimed: bigint; readonly outstanding: bigint };
const hryvnias = (kop: bigint): string => Money.ofKop(kop).toString();
export const itemOf = (row: ItemRow): CaseItem => ({ ...row, claimed: hryvnias(row.claimed), outstanding: hryvnias(row.outstanding) });

/** Cases as they are shown. */
@Injectable()
export class CaseViews {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  async list(query: CasesQuery, actor: Actor): Promise<CaseList> {
    const { rows, next, totals } = await readList<ItemRow>(this.database, CASES, paramsOf(query, actor), query);
    return { items: rows.map(itemOf), next, ...(totals ? { totals } : {}) };
  }

  file(query: CasesFileQuery, actor: Actor, locale: Locale): Readable {
    const say = (key: string, params: Readonly<Record<string, unknown>> = {}): string => this.messages.text(locale, key, params);
    const title = (key: string): string => say(`legal.ui.case.${key}`);
    const file: ListFile<ItemRow, CaseItem> = {
      title: say('legal.ui.cases.title'),
      filter: [query.status && say(`legal.case.status.${query.status}`), query.group && say(`legal.ui.cases.group-${query.group}`), query.q],
      ask: query,
      by: actor.fullName,
      say,
      toRow: itemOf,
      columns: [
        { key: 'number', title: title('number'), kind: 'text', value: (row) => row.number },
        { key: 'status', title: title('status'), kind: 'text', value: (row) => say(`legal.case.status.${row.status}`) },
        { key: 'account', title: title('account'), kind: 'text', value: (row) => formatAccount(row.account) },
        { key: 'holder', title: title('holder'), kind: 'text', width: 36, value: (row) => row.holder },
        { key: 'provider', title: title('provider'), kind: 'text', value: (row) => row.providerName },
        { key: 'court', title: title('court'), kind: 'text', width: 40, value: (row) => row.court },
        { key: 'courtNumber', title: title('court-number'), kind: 'text', value: (row) => row.courtNumber },
        { key: 'filed', title: title('filed'), kind: 'day', value: (row) => row.filedOn },
        { key: 'due', title: title('due'), kind: 'day', value: (row) => row.dueOn },
        { key: 'task', title: title('task'), kind: 'text', width: 36, value: (row) => (row.task ? say(`legal.case.task.${row.task}`) : null) },
        { key: 'claimed', title: title('claimed'), kind: 'money', value: (row) => row.claimed },
        { key: 'outstanding', title: title('outstanding'), kind: 'money', value: (row) => row.outstanding },
      ],
    };
    return listFile(file, (work) => readWholeList<ItemRow>(this.database, CASES, paramsOf(query, actor), query, { actor, subject: 'legal/cases' }, work));
  }

  async view(id: string, actor: Actor): Promise<CaseView> {
    return this.database.transaction(async (tx) => {
      const row = await caseRow(tx, id);
      refuseForeign(row, actor);
      const [found] = await tx.query<ItemRow & { address: string; courtNow: string | null; debtorNames: string[] }>(ONE, [id]);
      const parts = await partsOf(tx, id);
      const today = await operatingDay(tx);
      const order = await orderOf(tx, row.executorKind ? 'executor' : 'debtor', today);
      const events = await tx.query<CaseView['events'][number]>(EVENTS, [id]);
      const tasks = await tx.query<CaseView['tasks'][number]>(TASKS, [id, OWN_TASKS]);
      const receipts = await tx.query<Kop<CaseView['receipts'][number], 'amount' | 'over'>>(RECEIPTS, [id]);
      const fees = await tx.query<Kop<CaseView['fees'][number], 'amount'>>(FEES, [id]);
      const documents = await tx.query<CaseView['documents'][number]>(DOCUMENTS, [id]);
      const { address = '', courtNow = null, debtorNames = [], ...item } = found ?? emptyItem();
      return {
        item: itemOf(item),
        version: row.version,
        address,
        courtNow,
        debtors: debtorNames.length > 0 ? debtorNames : [...row.debtors],
        executor: executorOf(row),
        dates: datesOf(row),
        packId: row.packId,
        acts: actsOffered(row, today, outstandingOf(parts)),
        events,
        parts: parts.map(partView),
        order: { act: order.act, mark: order.mark, parts: [...order.parts] },
        receipts: receipts.map((receipt) => ({ ...receipt, amount: hryvnias(receipt.amount), over: hryvnias(receipt.over) })),
        fees: fees.map((fee) => ({ ...fee, amount: hryvnias(fee.amount) })),
        tasks,
        documents,
      };
    });
  }

  async ofAccount(number: string, actor: Actor): Promise<AccountCases> {
    const accountId = await accountIdOf(this.database, number);
    const rows = await this.database.query<ItemRow>(
      `${CASE_FROM} where c.account_id = $1 and ($2::text[] is null or p.code = any($2)) order by c.closed_on is not null, c.opened_on desc, c.id`,
      [accountId, seenProviders(actor)],
    );
    const [hold] = await this.database.query<{ frozen: boolean }>(
      `select exists (select from debt.pub_hold_v1 where account_id = $1 and kind = 'case' and period @> platform.today()) as frozen`,
      [accountId],
    );
    return { cases: rows.map(itemOf), frozen: hold?.frozen ?? false };
  }
}

type Kop<T, K extends keyof T> = Omit<T, K> & Readonly<Record<K, bigint>>;
function emptyItem(): never {
  throw new Error('a case without its account');
}

const paramsOf = ({ q, status, group, provider, overdue }: Pick<CasesQuery, 'q' | 'status' | 'group' | 'provider' | 'overdue'>, actor: Actor): unknown[] => [
  q ?? null, status ? [status] : group ? GROUPS[group] : null, provider ?? null, overdue === 'yes', seenProviders(actor),
];

/** Acts that the course knows in the status: what they ask for, and what forbids them today. */
function actsOffered(row: CaseRow, today: string, outstandingKop: bigint): CaseView['acts'] {
  const facts = factsOf(row, today, outstandingKop);
  return CASE_RULES.filter(({ from }) => from.includes(row.status)).map(({ act, papers, guards }) => ({
    act, papers: [...papers], needs: guards.filter((guard) => ASKED.includes(guard)), why: whyNotOffered(facts, act),
  }));
}
/** Guards that a form fills in. */
const ASKED: readonly string[] = ['award', 'court-number', 'hearing-day', 'executor', 'reason'];

const executorOf = (row: CaseRow): CaseView['executor'] =>
  row.executorKind && row.executorName && row.executorNumber ? { kind: row.executorKind, name: row.executorName, number: row.executorNumber } : null;
const datesOf = (row: CaseRow): CaseView['dates'] => ({
  openedOn: row.openedOn, servedOn: row.servedOn, answerUntil: row.answerUntil, orderServedOn: row.orderServedOn, forceOn: row.forceOn,
  appealUntil: row.appealUntil, presentUntil: row.presentUntil, hearingOn: row.hearingOn, closedOn: row.closedOn,
});
const partView = (part: PartRow): CaseMoneyPart => ({
  no: part.no,
  part: part.part,
  service: part.service,
  serviceName: part.serviceName,
  month: part.period?.slice(0, 7) ?? null,
  claimed: hryvnias(part.claimed),
  awarded: part.awarded === null ? null : hryvnias(part.awarded),
  refused: part.refused === null ? null : hryvnias(part.refused),
  recovered: hryvnias(part.recovered),
  writtenOff: hryvnias(part.writtenOff),
  outstanding: hryvnias(part.outstanding),
});

const ONE = `select i.*, d.address, nullif(n.name, i.court) as "courtNow",
    array(select g.full_name from registry.pub_person_v1 g where g.person_id::text in (select jsonb_array_elements_text(f.debtors)) order by 1) as "debtorNames"
  from (${CASE_FROM} where c.id = $1) i join legal.case_file f on f.id = i.id
  join registry.pub_account_v1 b on b.account_id = f.account_id join registry.pub_address_v1 d on d.premises_id = b.premises_id
  left join legal.court n on n.code = f.court_code and n.valid @> platform.today()`;
const EVENTS = `select seq, act, to_char(happened_on, 'YYYY-MM-DD') as on, status, made_by as by, to_char(made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at,
    reason, details from legal.case_event where case_id = $1 order by seq desc`;
const TASKS = `select k.id, k.task, to_char(k.due_on, 'YYYY-MM-DD') as "dueOn", (k.due_on - platform.today())::int as "daysLeft", k.role, t.source, t.mark,
    t.movable, k.escalated_on is not null as escalated, k.task = any($2::text[]) as own
  from legal.case_task k join legal.case_term t on t.id = k.term_id where k.case_id = $1 and k.done_on is null order by k.due_on, k.id`;
const RECEIPTS = `select id, source, to_char(received_on, 'YYYY-MM-DD') as on, amount_kop as amount, over_kop as over, reference,
    case when undone_on is not null then 'undone' when payment_id is null then 'announced' else 'tied' end as state
  from legal.case_receipt where case_id = $1 order by received_on desc, id desc`;
const FEES = `select kind, amount_kop as amount, to_char(paid_on, 'YYYY-MM-DD') as "paidOn", state from legal.case_fee where case_id = $1 order by paid_on, id`;
const DOCUMENTS = `select id, paper, number, to_char(issued_on, 'YYYY-MM-DD') as on, file_name as "fileName", added_by as by
  from legal.case_document where case_id = $1 order by added_at desc, id`;
