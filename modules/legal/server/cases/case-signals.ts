import type { EventHandler } from '@komplat/plugin-api';
import { accountMerged } from '@komplat/registry/contract';
import { audit, Database, firstTime, publish } from '@komplat/server';
import { ProcessClient } from '@komplat/temporal/server';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { caseChanged, caseOpened } from '../../contract/case-events.ts';
import { LEGAL_CASE, LEGAL_QUEUE, type LegalCaseCarry, legalCaseId } from '../../contract/case-workflows.ts';
import { actsOf } from '../../domain/index.ts';
import { CaseActs } from './case-acts.service.ts';
import { addEvent, type CaseRow, type CaseTx, openCases, operatingDay } from './case-store.ts';
import { CaseTerms } from './case-terms.ts';

const SYSTEM = 'system:legal-case';
const OfAccount = z.object({ accountId: z.number().int() });
interface Fact {
  readonly id: string;
  readonly payload: unknown;
}

/** An opened case gets its process, an act rings it; a repeat is harmless. */
@Injectable()
export class StartCase implements EventHandler {
  constructor(@Inject(ProcessClient) private readonly processes: ProcessClient) {}

  async handle(event: Fact): Promise<void> {
    const { caseId, startedBy } = caseOpened.schema.parse(event.payload);
    const carry: LegalCaseCarry = { v: 2, caseId, startedBy, stage: null, runs: 0 };
    await this.processes.ringOrStart(LEGAL_CASE, legalCaseId(caseId), LEGAL_QUEUE, [carry], startedBy);
  }
}

/** Money came for an account: its open cases look whether it is theirs. */
@Injectable()
export class RingCases implements EventHandler {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ProcessClient) private readonly processes: ProcessClient,
  ) {}

  async handle(event: Fact): Promise<void> {
    const { accountId } = OfAccount.parse(event.payload);
    const cases = await this.database.query<{ id: string }>('select id from legal.case_file where account_id = $1 and closed_on is null', [accountId]);
    for (const { id } of cases) await this.processes.ring(legalCaseId(id));
  }
}

/** An account goes on as another one: a person decides what becomes of its cases. */
@Injectable()
export class CaseAccountMerged implements EventHandler {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CaseTerms) private readonly terms: CaseTerms,
  ) {}

  async handle(event: Fact): Promise<void> {
    const { accountId, intoAccountId } = accountMerged.schema.parse(event.payload);
    await onceForCases(this.database, 'legal.case-account-merged', { event, accountId }, async (tx, row, on) => {
      const [into] = await tx.query<{ number: string }>('select number from registry.pub_account_v1 where account_id = $1', [intoAccountId]);
      const details = { into: into?.number ?? '' };
      await this.terms.open(tx, row.id, 'account-merged', on, { details });
      await addEvent(tx, row.id, { act: 'account-merged', on, status: row.status, details, by: SYSTEM });
      await audit(tx, { actor: { login: SYSTEM }, action: 'legal.case.account-merged', subject: `case/${row.number}`, after: details });
      await publish(tx, caseChanged, `case/${row.id}`, { caseId: row.id, startedBy: SYSTEM });
    });
  }
}

/** A debtor died: the course is put aside until the heirs are known (ЦКУ ст. 1281, 1282; ЦПК ст. 55). */
@Injectable()
export class CaseDebtorDied implements EventHandler {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CaseActs) private readonly acts: CaseActs,
  ) {}

  async handle(event: Fact): Promise<void> {
    const { accountId } = OfAccount.parse(event.payload);
    await onceForCases(this.database, 'legal.case-debtor-died', { event, accountId }, async (tx, row, on) => {
      const [dead] = await tx.query<{ day: string }>(
        `select to_char(died_on, 'YYYY-MM-DD') as day from registry.pub_person_v1
         where person_id::text = any($1::text[]) and died_on <= $2::date order by died_on limit 1`,
        [row.debtors, on],
      );
      if (!dead || !actsOf(row.status).includes('record-death') || (await known(tx, row.id, dead.day))) return;
      const papers = [{ paper: 'death-record', number: 'реєстр осіб', on: dead.day }] as const;
      await this.acts.carryOut(tx, row, { act: 'record-death', on, papers }, { by: SYSTEM });
    });
  }
}

/** The same death does not stop a case twice: the heirs were found. */
async function known(tx: CaseTx, caseId: string, day: string): Promise<boolean> {
  const rows = await tx.query(`select id from legal.case_document where case_id = $1 and paper = 'death-record' and issued_on = $2::date`, [caseId, day]);
  return rows.length > 0;
}

/** What a fact about an account means for each of its open cases; a fact that comes again changes nothing. */
async function onceForCases(
  database: Database, handler: string, { event, accountId }: { event: Fact; accountId: number },
  work: (tx: CaseTx, row: CaseRow, on: string) => Promise<void>,
): Promise<void> {
  await database.transaction(async (tx) => {
    if (!(await firstTime(tx, handler, event.id))) return;
    const on = await operatingDay(tx);
    for (const row of await openCases(tx, accountId)) await work(tx, row, on);
  });
}
