import { listOf, zDay, zFileAsk, zListAsk, zMoney, zPeriod } from '@komplat/kernel';
import { z } from 'zod';
import { CASE_ACTS, CASE_PAPERS, CASE_STATUSES, CASE_TASKS, CLAIM_PARTS } from './case-words.ts';

const zReason = z.string().trim().min(10).max(500);
const zNumber = z.string().trim().min(1).max(60);
const zStatus = z.enum(CASE_STATUSES);
const zAccountNumber = z.string().transform((text) => text.replaceAll(/\s/g, '')).pipe(z.string().regex(/^\d{10}$/));
const zSum = zMoney.refine((text) => !text.startsWith('-'), { error: 'kernel.money.malformed' });
export const CaseParams = z.object({ id: z.uuid() });
export type CaseParams = z.infer<typeof CaseParams>;
export const CaseAccountParams = z.object({ number: zAccountNumber });
export type CaseAccountParams = z.infer<typeof CaseAccountParams>;

const zWhy = z.object({ code: z.string(), params: z.record(z.string(), z.string()) });

/** Groups of statuses that lists and registers filter by. */
export const CASE_GROUPS = ['pretension', 'court', 'execution', 'parked', 'closed'] as const;
export type CaseGroup = (typeof CASE_GROUPS)[number];

const caseFilter = {
  q: z.string().trim().max(60).optional().describe('number of the case, of the court or of the executor, or an account'),
  status: zStatus.optional(),
  group: z.enum(CASE_GROUPS).optional(),
  provider: z.string().max(10).optional(),
  overdue: z.enum(['yes']).optional(),
};
export const CasesQuery = zListAsk.extend(caseFilter);
export type CasesQuery = z.infer<typeof CasesQuery>;
export const CasesFileQuery = zFileAsk.extend(caseFilter);
export type CasesFileQuery = z.infer<typeof CasesFileQuery>;

export const CaseItem = z
  .object({
    id: z.uuid(),
    number: z.string(),
    status: zStatus,
    kind: z.enum(['order', 'claim']).nullable(),
    account: z.string(),
    holder: z.string(),
    provider: z.string(),
    providerName: z.string(),
    court: z.string().nullable(),
    courtNumber: z.string().nullable(),
    filedOn: zDay.nullable(),
    dueOn: zDay.nullable(),
    task: z.enum(CASE_TASKS).nullable(),
    daysLeft: z.number().int().nullable(),
    escalated: z.boolean(),
    claimed: zMoney,
    outstanding: zMoney,
  })
  .meta({ id: 'legal.CaseItem' });
export type CaseItem = z.infer<typeof CaseItem>;
export const CaseList = listOf(CaseItem).meta({ id: 'legal.CaseList' });
export type CaseList = z.infer<typeof CaseList>;

export const CaseMoneyPart = z
  .object({
    no: z.number().int(),
    part: z.enum(CLAIM_PARTS),
    service: z.string().nullable(),
    serviceName: z.string().nullable(),
    month: zPeriod.nullable(),
    claimed: zMoney,
    awarded: zMoney.nullable(),
    refused: zMoney.nullable(),
    recovered: zMoney,
    writtenOff: zMoney,
    outstanding: zMoney,
  })
  .meta({ id: 'legal.CaseMoneyPart' });
export type CaseMoneyPart = z.infer<typeof CaseMoneyPart>;

export const CaseView = z
  .object({
    item: CaseItem,
    version: z.number().int(),
    address: z.string(),
    debtors: z.array(z.string()),
    courtNow: z.string().nullable().describe('name of the court today, when it was renamed after the filing'),
    executor: z.object({ kind: z.enum(['state', 'private']), name: z.string(), number: z.string() }).nullable(),
    dates: z.object({
      openedOn: zDay, servedOn: zDay.nullable(), answerUntil: zDay.nullable(), orderServedOn: zDay.nullable(), forceOn: zDay.nullable(),
      appealUntil: zDay.nullable(), presentUntil: zDay.nullable(), hearingOn: zDay.nullable(), closedOn: zDay.nullable(),
    }),
    packId: z.string().nullable(),
    acts: z.array(z.object({
      act: z.enum(CASE_ACTS), papers: z.array(z.enum(CASE_PAPERS)), needs: z.array(z.string()), why: zWhy.nullable(),
    })).describe('acts that the course knows here; `why` says what forbids one today'),
    events: z.array(z.object({
      seq: z.number().int(), act: z.string(), on: zDay, status: zStatus, by: z.string(), at: z.string(), reason: z.string().nullable(),
      details: z.record(z.string(), z.string()),
    })),
    parts: z.array(CaseMoneyPart),
    order: z.object({ act: z.string(), mark: z.string(), parts: z.array(z.string()) }).nullable(),
    receipts: z.array(z.object({
      id: z.uuid(), source: z.enum(['debtor', 'executor']), on: zDay, amount: zMoney, over: zMoney, reference: z.string().nullable(),
      state: z.enum(['announced', 'tied', 'undone']),
    })),
    fees: z.array(z.object({ kind: z.enum(['order', 'claim']), amount: zMoney, paidOn: zDay, state: z.enum(['paid', 'creditable', 'credited']) })),
    tasks: z.array(z.object({
      id: z.uuid(), task: z.enum(CASE_TASKS), dueOn: zDay, daysLeft: z.number().int(), role: z.string(), source: z.string(), mark: z.string(),
      movable: z.boolean(), escalated: z.boolean(), own: z.boolean().describe('not of the course: a person closes it'),
    })),
    documents: z.array(z.object({
      id: z.uuid(), paper: z.enum(CASE_PAPERS), number: z.string(), on: zDay, fileName: z.string().nullable(), by: z.string(),
    })),
  })
  .meta({ id: 'legal.CaseView' });
export type CaseView = z.infer<typeof CaseView>;

const zFile = z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), name: z.string().trim().min(1).max(120) });
/** One act on a case. What the act asks for is named by `acts` of the case; what it does not ask for is left out. */
export const CaseActOrder = z
  .strictObject({
    act: z.enum(CASE_ACTS),
    version: z.number().int(),
    on: zDay,
    papers: z.array(z.strictObject({ paper: z.enum(CASE_PAPERS), number: zNumber, on: zDay, file: zFile.optional() })).max(10).readonly().default([]),
    reason: zReason.optional(),
    court: z.string().max(20).optional(),
    courtNumber: zNumber.optional(),
    hearingOn: zDay.optional(),
    awarded: z.union([z.literal('all'), z.array(z.strictObject({ no: z.number().int(), amount: zSum })).max(600).readonly()]).optional(),
    amended: z.array(z.strictObject({ no: z.number().int(), amount: zSum })).max(600).readonly().optional(),
    executor: z.strictObject({ name: z.string().trim().min(2).max(200), number: zNumber }).optional(),
  })
  .meta({ id: 'legal.CaseActOrder' });
export type CaseActOrder = z.infer<typeof CaseActOrder>;
export type CaseActInput = z.input<typeof CaseActOrder>;
export const CaseActDone = z
  .object({ id: z.uuid(), status: zStatus, version: z.number().int(), approvalId: z.uuid().nullable() })
  .meta({ id: 'legal.CaseActDone' });
export type CaseActDone = z.infer<typeof CaseActDone>;

/** A pretension to one creditor's debtor: it opens the case. */
export const PretensionOrder = z
  .strictObject({ account: zAccountNumber, provider: z.string().max(10), reason: zReason })
  .meta({ id: 'legal.PretensionOrder' });
export type PretensionOrder = z.infer<typeof PretensionOrder>;
export const CaseOpened = z.object({ caseId: z.uuid(), number: z.string() }).meta({ id: 'legal.CaseOpened' });
export type CaseOpened = z.infer<typeof CaseOpened>;
export const PretensionText = z.object({ number: z.string(), title: z.string(), paragraphs: z.array(z.string()) }).meta({ id: 'legal.PretensionText' });
export type PretensionText = z.infer<typeof PretensionText>;

export const TaskParams = z.object({ id: z.uuid(), taskId: z.uuid() });
export type TaskParams = z.infer<typeof TaskParams>;
/** A term is moved, or a task that is not of the course is closed. */
export const TaskOrder = z.strictObject({ dueOn: zDay.optional(), reason: zReason }).meta({ id: 'legal.CaseTaskOrder' });
export type TaskOrder = z.infer<typeof TaskOrder>;

/** An executor tells of money; it counts when its payment stands in the ledger. */
export const ReceiptOrder = z.strictObject({ on: zDay, amount: zSum, reference: zNumber }).meta({ id: 'legal.CaseReceiptOrder' });
export type ReceiptOrder = z.infer<typeof ReceiptOrder>;
export const CaseDone = z.object({ done: z.literal(true) }).meta({ id: 'legal.CaseDone' });
export type CaseDone = z.infer<typeof CaseDone>;

export const CaseFileQuery = z.strictObject({ name: z.string().trim().min(1).max(120) });
export type CaseFileQuery = z.infer<typeof CaseFileQuery>;
export const CaseFileKept = z.object({ sha256: z.string(), size: z.number().int() }).meta({ id: 'legal.CaseFileKept' });
export type CaseFileKept = z.infer<typeof CaseFileKept>;

export const AccountCases = z
  .object({ cases: z.array(CaseItem), frozen: z.boolean().describe('work with the debtor is held by a case') })
  .meta({ id: 'legal.AccountCases' });
export type AccountCases = z.infer<typeof AccountCases>;
