import { listOf, zDay, zFileAsk, zInstant, zListAsk, zMoney, zPeriod } from '@komplat/kernel';
import { DebtorsQuery } from '@komplat/debt/contract';
import { z } from 'zod';
import { PackSnapshot } from './pack.schema.ts';

const CODE = z.string().regex(/^[A-Za-z0-9_-]{1,20}$/);
const zSum = zMoney.refine((text) => !text.startsWith('-'), { error: 'kernel.money.malformed' });
const zAccountNumber = z.string().transform((text) => text.replaceAll(/\s/g, '')).pipe(z.string().regex(/^\d{10}$/));
export const zClaimReason = z.string().trim().min(10).max(500);
const MOST_NAMED = 5_000;

/** Where an item of a run stands; each account of the selection has at least one item, each item exactly one outcome. */
export const CLAIM_OUTCOMES = [
  'skipped', 'planned', 'blocked', 'checked', 'frozen', 'packed', 'submitted', 'approved', 'signed', 'filed', 'excluded', 'failed', 'stale',
] as const;
export type ClaimOutcome = (typeof CLAIM_OUTCOMES)[number];
export const CLAIM_METHODS = ['A', 'A-fifo', 'B', 'C'] as const;
export const CLAIM_STATES = ['planning', 'preparing', 'waiting', 'stopped', 'done'] as const;
export const FINDING_LEVELS = ['block', 'lawyer', 'warn'] as const;
export type FindingLevel = (typeof FINDING_LEVELS)[number];

/** How a run counts and what it claims; stored with the run, printed with the calculation. */
export const ClaimParameters = z.strictObject({
  method: z.enum(CLAIM_METHODS).default('B').describe('of inflation losses and interest (law.md 4.5)'),
  kind: z
    .enum(['choose', 'order', 'claim'])
    .default('choose')
    .describe('choose: an order, and a claim for what an order cannot carry'),
  expired: z.enum(['leave', 'claim']).default('leave').describe('months past limitation: left out, or put into a claim by a lawyer'),
  penalty: z.enum(['leave', 'claim']).default('leave').describe('the penalty of the contract cannot be claimed by an order'),
  debtors: z.enum(['owners', 'household']).default('owners').describe('owners and holder, or also grown-up registered persons'),
  missingIndex: z.enum(['refuse', 'unchanged']).default('refuse').describe('a month whose index is not published yet'),
  least: zSum.default('0.00').describe('principal below which nothing is claimed'),
  providers: z.array(CODE).min(1).max(50).optional().describe('creditors; all that the asker may see when absent'),
  court: CODE.optional().describe('that a person chose; without it every item goes to the court of the debtor’s registered residence'),
  electronic: z.boolean().default(false),
});
export type ClaimParameters = z.infer<typeof ClaimParameters>;

const ClaimFilter = DebtorsQuery.omit({ sort: true, after: true, limit: true });
/** Whom to look at: accounts by number, or a filter of debtors. */
export const ClaimSelection = z
  .strictObject({ accounts: z.array(zAccountNumber).min(1).max(MOST_NAMED).optional(), filter: ClaimFilter.optional() })
  .refine(({ accounts, filter }) => (accounts === undefined) !== (filter === undefined), { error: 'legal.claim.selection' });
export type ClaimSelection = z.infer<typeof ClaimSelection>;

export const ClaimOrder = z.strictObject({ selection: ClaimSelection, parameters: ClaimParameters });
export type ClaimOrder = z.infer<typeof ClaimOrder>;
export const NewClaimRun = ClaimOrder.extend({ title: z.string().trim().min(3).max(120), reason: zClaimReason });
export type NewClaimRun = z.infer<typeof NewClaimRun>;

const perCreditor = {
  provider: z.string(),
  providerName: z.string(),
  orders: z.number().int(),
  claims: z.number().int(),
  principal: zMoney,
  months: z.number().int(),
  left: zMoney.describe('past limitation, not claimed'),
  expiring: zMoney.describe('passes limitation within the warning days'),
};
/** What a run over the selection would propose today; nothing is written. */
export const ClaimPreview = z
  .object({
    asOf: zDay,
    accounts: z.number().int(),
    nothing: z.number().int().describe('accounts without anything to claim'),
    missingIndices: z.array(zPeriod),
    rows: z.array(z.object(perCreditor)),
  })
  .meta({ id: 'ClaimPreview' });
export type ClaimPreview = z.infer<typeof ClaimPreview>;

const zRule = z.object({ code: z.string(), value: z.string(), act: z.string(), mark: z.string() });
export const ClaimChoices = z
  .object({
    today: zDay,
    courts: z.array(z.object({ code: z.string(), name: z.string() })),
    missingIndices: z.array(zPeriod).describe('months whose index is not published yet: what needs them is refused'),
    providers: z.array(z.object({ code: z.string(), name: z.string() })),
    rules: z.array(zRule),
  })
  .meta({ id: 'ClaimChoices' });
export type ClaimChoices = z.infer<typeof ClaimChoices>;

const sums = { principal: zMoney, inflation: zMoney, interest: zMoney, penalty: zMoney, fee: zMoney };
export const ClaimRun = z
  .object({
    id: z.uuid(),
    number: z.string(),
    title: z.string(),
    asOf: zDay,
    state: z.enum(CLAIM_STATES),
    accounts: z.number().int(),
    items: z.number().int(),
    filed: z.number().int(),
    blocked: z.number().int(),
    total: zMoney,
    createdBy: z.string(),
    createdAt: zInstant,
  })
  .meta({ id: 'ClaimRun' });
export type ClaimRun = z.infer<typeof ClaimRun>;
export const ClaimRunsQuery = zListAsk;
export type ClaimRunsQuery = z.infer<typeof ClaimRunsQuery>;
export const ClaimRunList = listOf(ClaimRun).meta({ id: 'ClaimRunList' });
export type ClaimRunList = z.infer<typeof ClaimRunList>;
export const ClaimRunParams = z.object({ id: z.uuid() });
export type ClaimRunParams = z.infer<typeof ClaimRunParams>;

export const ClaimRunRef = z.object({ id: z.uuid() }).meta({ id: 'ClaimRunRef' });
export type ClaimRunRef = z.infer<typeof ClaimRunRef>;

/** One run: how many items stand where, for every creditor; what was found; what the reader's next act may be. */
export const ClaimRunView = z.object({
  ...ClaimRun.shape,
  parameters: ClaimParameters,
  reason: z.string(),
  version: z.number().int(),
  process: z.object({ state: z.string(), message: z.string().nullable(), params: z.record(z.string(), z.unknown()) }).nullable(),
  outcomes: z.array(z.object({ outcome: z.enum(CLAIM_OUTCOMES), count: z.number().int(), total: zMoney })),
  creditors: z.array(z.object({ provider: z.string(), providerName: z.string(), orders: z.number().int(), claims: z.number().int(), ...sums })),
  courts: z.array(z.object({ court: z.string().nullable(), courtName: z.string().nullable(), orders: z.number().int(), claims: z.number().int(), total: zMoney, fee: zMoney })),
  findings: z.array(z.object({ code: z.string(), level: z.enum(FINDING_LEVELS), count: z.number().int(), open: z.number().int() })),
  marks: z.array(zRule).describe('rules in force that a lawyer still has to settle'),
  approvalId: z.string().nullable(),
}).meta({ id: 'ClaimRunView' });
export type ClaimRunView = z.infer<typeof ClaimRunView>;

export const ClaimItem = z
  .object({
    id: z.uuid(),
    number: z.string(),
    account: z.string(),
    holder: z.string(),
    address: z.string(),
    provider: z.string().nullable(),
    providerName: z.string().nullable(),
    court: z.string().nullable(),
    courtName: z.string().nullable(),
    kind: z.enum(['order', 'claim', 'none']),
    outcome: z.enum(CLAIM_OUTCOMES),
    reason: z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) }).nullable(),
    months: z.number().int(),
    oldest: zPeriod.nullable(),
    ...sums,
    total: zMoney,
    findings: z.array(z.object({ code: z.string(), level: z.enum(FINDING_LEVELS) })).describe('open ones'),
    packId: z.string().nullable(),
    feePaidOn: zDay.nullable(),
    filedOn: zDay.nullable(),
    caseNumber: z.string().nullable(),
  })
  .meta({ id: 'ClaimItem' });
export type ClaimItem = z.infer<typeof ClaimItem>;
const itemFilter = {
  outcome: z.enum(CLAIM_OUTCOMES).optional(),
  provider: CODE.optional(),
  court: CODE.optional(),
  kind: z.enum(['order', 'claim', 'none']).optional(),
  finding: z.string().regex(/^[a-z-]{1,40}$/).optional(),
};
export const ClaimItemsQuery = zListAsk.extend(itemFilter);
export type ClaimItemsQuery = z.infer<typeof ClaimItemsQuery>;
export const ClaimItemsFileQuery = zFileAsk.extend(itemFilter);
export type ClaimItemsFileQuery = z.infer<typeof ClaimItemsFileQuery>;
export const ClaimItemList = listOf(ClaimItem).meta({ id: 'ClaimItemList' });
export type ClaimItemList = z.infer<typeof ClaimItemList>;

/** One item with all that it rests on. */
export const ClaimItemView = z.object({
  ...ClaimItem.shape,
  runId: z.uuid(),
  runNumber: z.string(),
  monthRows: z.array(
    z.object({
      service: z.string(),
      month: zPeriod,
      dueOn: zDay,
      limitationEndsOn: zDay,
      daysLeft: z.number().int(),
      charged: zMoney,
      covered: zMoney,
      debt: zMoney,
      part: z.enum(['debt', 'penalty', 'left']),
    }),
  ),
  allFindings: z.array(
    z.object({
      code: z.string(),
      subject: z.string(),
      level: z.enum(FINDING_LEVELS),
      params: z.record(z.string(), z.unknown()),
      acceptedBy: z.string().nullable(),
      acceptedReason: z.string().nullable(),
    }),
  ),
  debtorRows: z.array(
    z.object({ personId: z.uuid(), name: z.string(), role: z.string(), share: z.string().nullable(), minor: z.boolean() }),
  ),
  courtBy: z.enum(['chosen', 'residence', 'property']).nullable(),
  courtPlace: z.string().nullable().describe('the address that decided about the court'),
  snapshotSha256: z.string().nullable().describe('of the calculation alone'),
  packSha256: z.string().nullable().describe('of the data of the pack, calculation and names in their cases: the one of the manifest'),
  snapshot: PackSnapshot.nullable(),
  trace: z.array(z.record(z.string(), z.unknown())),
}).meta({ id: 'ClaimItemView' });
export type ClaimItemView = z.infer<typeof ClaimItemView>;

const zItems = z.array(z.uuid()).min(1).max(MOST_NAMED);
/** Items by name, or all items of a filter. */
export const ClaimExclusion = z
  .strictObject({ items: zItems.optional(), filter: z.strictObject(itemFilter).optional(), reason: zClaimReason })
  .refine(({ items, filter }) => (items === undefined) !== (filter === undefined), { error: 'legal.claim.items' });
export type ClaimExclusion = z.infer<typeof ClaimExclusion>;
export const ClaimReason = z.strictObject({ reason: zClaimReason });
export type ClaimReason = z.infer<typeof ClaimReason>;
export const ClaimAcceptance = z.strictObject({ code: z.string().max(40), subject: z.string().max(80).default(''), reason: zClaimReason });
export type ClaimAcceptance = z.infer<typeof ClaimAcceptance>;

const zFiling = z.strictObject({
  number: z.string().trim().min(3).max(40).describe('number of the item'),
  filedOn: zDay,
  caseNumber: z.string().trim().min(3).max(40).optional().describe('as the court gave it'),
});
export type FilingRow = z.infer<typeof zFiling>;
const zFilings = z.array(zFiling).min(1).max(MOST_NAMED);
/** Papers that left the house: rows by hand, or, all on one day, items by name or by the filter of their list. */
export const ClaimFiling = z
  .strictObject({ rows: zFilings.optional(), items: zItems.optional(), filter: z.strictObject(itemFilter).optional(), filedOn: zDay.optional() })
  .refine(({ rows, items, filter, filedOn }) => [rows, items, filter].filter(Boolean).length === 1 && (rows === undefined) === (filedOn !== undefined), {
    error: 'legal.claim.items',
  });
export type ClaimFiling = z.infer<typeof ClaimFiling>;
export const ClaimFilingList = z.strictObject({ text: z.string().min(1).max(2_000_000).describe('CSV: number;filedOn;caseNumber') });
export type ClaimFilingList = z.infer<typeof ClaimFilingList>;
/** What became of every row; nothing is lost. */
export const ClaimRowOutcomes = z
  .object({
    done: z.number().int(),
    refused: z.number().int(),
    rows: z.array(
      z.object({
        row: z.string(),
        done: z.boolean(),
        code: z.string().nullable(),
        params: z.record(z.string(), z.union([z.string(), z.number()])),
      }),
    ),
  })
  .meta({ id: 'ClaimRowOutcomes' });
export type ClaimRowOutcomes = z.infer<typeof ClaimRowOutcomes>;
/** Which row of a statement of the bank paid the fee of an item. Without rows the statements are searched by number and sum. */
export const ClaimFeeMatch = z.strictObject({
  rows: z
    .array(z.strictObject({ number: z.string().trim().min(3).max(40), importId: z.uuid(), line: z.number().int().min(1) }))
    .max(MOST_NAMED)
    .optional(),
});
export type ClaimFeeMatch = z.infer<typeof ClaimFeeMatch>;
export const ClaimFeesFileQuery = z.object({ format: z.enum(['xlsx', 'csv']).default('xlsx') });
export type ClaimFeesFileQuery = z.infer<typeof ClaimFeesFileQuery>;
export const ClaimDone = z.object({ changed: z.number().int() }).meta({ id: 'ClaimDone' });
export type ClaimDone = z.infer<typeof ClaimDone>;
