import { addDays } from '@komplat/kernel';
import type { DemoCity, DemoData } from '@komplat/plugin-api';
import { type Actor, Database, systemActor } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { CaseActOrder } from '../../contract/case.schema.ts';
import type { CaseAct, CasePaper } from '../../contract/case-words.ts';
import { CASE_RULES } from '../../domain/index.ts';
import { CaseActs } from '../cases/case-acts.service.ts';
import { CaseOpenings } from '../cases/case-opening.service.ts';
import { caseRow, operatingDay } from '../cases/case-store.ts';

const MOST = 36;
const ACTOR: Actor = { ...systemActor('demo'), login: 'system:demo' };
interface Debtor {
  readonly accountId: number;
  readonly account: string;
  readonly provider: string;
}
/** How far a case of the demonstration city has come; one after another. */
const WALKS: readonly (readonly CaseAct[])[] = [
  [],
  ['send-pretension'],
  ['send-pretension', 'serve-pretension'],
  ['send-pretension', 'serve-pretension', 'pretension-unpaid'],
  ['send-pretension', 'serve-pretension', 'pretension-unpaid', 'prepare-pack', 'file-order'],
  ['send-pretension', 'serve-pretension', 'pretension-unpaid', 'prepare-pack', 'file-order', 'refuse-order'],
  ['send-pretension', 'serve-pretension', 'pretension-unpaid', 'prepare-pack', 'file-order', 'issue-order', 'serve-order'],
  ['send-pretension', 'serve-pretension', 'pretension-unpaid', 'prepare-pack', 'file-order', 'issue-order', 'cancel-order', 'file-claim', 'schedule-hearing'],
  ['send-pretension', 'serve-pretension', 'pretension-unpaid', 'prepare-pack', 'file-order', 'issue-order', 'serve-order', 'order-in-force', 'receive-exec-doc', 'present-state'],
  ['send-pretension', 'serve-pretension', 'pretension-unpaid', 'prepare-pack', 'file-claim', 'decide-in-absence'],
  ['send-pretension', 'serve-pretension', 'pretension-unpaid', 'prepare-pack', 'file-claim', 'leave-without-motion'],
  ['send-pretension', 'withdraw'],
];
/** Days that an act waits after the one before it. */
const WAITS: Readonly<Partial<Record<CaseAct, number>>> = { 'serve-pretension': 5, 'pretension-unpaid': 35, 'file-order': 3, 'issue-order': 12, 'serve-order': 8, 'order-in-force': 26 };
/** The longest walk in days: what is claimed was overdue before it. */
const LONGEST = 110;

/** Some dozens of cases in the states that a lawyer meets, by the same acts as on the pages. */
@Injectable()
export class CaseDemo implements DemoData {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ModuleRef) private readonly refs: ModuleRef,
  ) {}

  async month(city: DemoCity, { current, phase }: { readonly current: boolean; readonly phase: string }): Promise<void> {
    if (!current || phase !== 'payments') return;
    const debtors = await this.database.query<Debtor>(DEBTORS, [Math.min(MOST, Math.max(1, Math.floor(city.accounts / 25))), LONGEST]);
    for (const [at, debtor] of debtors.entries()) await this.walk(debtor, WALKS[at % WALKS.length] ?? [], at);
    city.note(`legal: ${debtors.length} cases`);
  }

  private async walk({ account, provider }: Debtor, walk: readonly CaseAct[], at: number): Promise<void> {
    const openings = this.refs.get(CaseOpenings, { strict: false });
    const acts = this.refs.get(CaseActs, { strict: false });
    const today = await operatingDay(this.database);
    const total = walk.reduce((days, act) => days + (WAITS[act] ?? 1), 0);
    let on = addDays(today, -(total + (at % 3)));
    const order = { account, provider, reason: 'борг понад три місяці, нагадування без відповіді' };
    const { caseId } = await openings.pretension(order, ACTOR, on);
    await this.database.transaction(async (tx) => {
      for (const act of walk) {
        const row = await caseRow(tx, caseId);
        on = addDays(on, WAITS[act] ?? 1);
        if (act === 'order-in-force') on = row.forceOn ?? on;
        if (act === 'pretension-unpaid') on = addDays(row.answerUntil ?? on, 1);
        if (on > today) return;
        await acts.carryOut(tx, row, orderOf(act, on, at), { by: ACTOR.login });
      }
    });
  }
}

function orderOf(act: CaseAct, on: string, at: number): Omit<CaseActOrder, 'version'> {
  const rule = CASE_RULES.find((each) => each.act === act);
  const papers = (rule?.papers ?? []).map((paper: CasePaper, place) => ({ paper, number: `${at + 1}/${place + 1}`, on }));
  const asks = (guard: string): boolean => rule?.guards.some((each) => each === guard) ?? false;
  return {
    act,
    on,
    papers,
    ...(act === 'file-order' || act === 'file-claim' ? { court: 'C01' } : {}),
    ...(asks('court-number') ? { courtNumber: `501/${1_000 + at}/26${act === 'issue-order' ? '-н' : ''}` } : {}),
    ...(asks('award') ? { awarded: 'all' as const } : {}),
    ...(asks('hearing-day') ? { hearingOn: addDays(on, 20) } : {}),
    ...(asks('executor') ? { executor: { name: 'Перший відділ державної виконавчої служби', number: String(78_410_000 + at) } } : {}),
    ...(asks('reason') ? { reason: 'за ухвалою суду, дані навчальної бази' } : {}),
  };
}

/** $1 how many, $2 days: the accounts that owe one creditor most for so long, one creditor each. */
const DEBTORS = `
  select distinct on (rank, i.account_id) i.account_id as "accountId", a.number as account, p.code as provider
  from (select account_id, provider_id, sum(outstanding_kop) as kop, row_number() over (partition by account_id order by sum(outstanding_kop) desc) as nth,
      rank() over (order by sum(outstanding_kop) desc, account_id, provider_id) as rank
    from billing.pub_open_item_v1 where due_on < platform.today() - $2::int group by 1, 2 having count(*) >= 2) i
  join registry.pub_account_v1 a on a.account_id = i.account_id and a.closed_on is null join tariffs.pub_provider_v1 p on p.id = i.provider_id
  where i.nth = 1 and not exists (select from legal.case_file c where c.account_id = i.account_id and c.provider_id = i.provider_id and c.closed_on is null)
  order by rank, i.account_id limit $1`;
