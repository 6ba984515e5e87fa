import { listOf, zDay, zFileAsk, zListAsk, zMoney, zPeriod } from '@komplat/kernel';
import { z } from 'zod';

export const HOLD_KINDS = ['dispute', 'contract', 'illness', 'promise', 'moratorium', 'case'] as const;
export type HoldKind = (typeof HOLD_KINDS)[number];
/** What a moratorium forbids; charge: nothing is charged at all. */
export const MORATORIA = ['penalty', 'inflation-interest', 'disconnection', 'charge'] as const;
/** Types of a dwelling in the register of premises (S5.2). */
export const DWELLINGS = ['privatised', 'state', 'cooperative', 'service', 'private', 'communal', 'dormitory'] as const;
const CODE = /^[A-Za-z0-9_-]{1,20}$/;
const zSum = zMoney.refine((text) => !text.startsWith('-'), { error: 'kernel.money.malformed' });

/** What a debtor must be to stand in the list; all that is given must hold at once. Debt = what is past its due day. */
const debtorFilter = {
  from: zSum.optional().describe('debt of at least, hryvnias'),
  to: zSum.optional().describe('debt of at most, hryvnias'),
  months: z.coerce.number().int().min(1).max(600).optional().describe('unpaid months, at least'),
  service: z.string().regex(CODE).optional(),
  provider: z.string().regex(CODE).optional(),
  district: z.coerce.number().int().min(1).max(99).optional(),
  house: z.string().regex(CODE).optional().describe('code of the house'),
  dwelling: z.enum(DWELLINGS).optional(),
  unpaidSince: zDay.optional().describe('no payment was made on this day or later'),
  nobody: z.enum(['yes']).optional().describe('nobody is registered in the dwelling (S5.1)'),
  expires: z.coerce.number().int().min(1).max(1_100).optional().describe('a part of the debt passes limitation within so many days'),
  hold: z.enum([...HOLD_KINDS, 'any', 'none']).optional().describe('case = in court, contract = under a contract'),
  moratorium: z.enum([...MORATORIA, 'any', 'none']).optional().describe('a moratorium of the own territory stands today'),
  claimed: z.enum(['open', 'ever', 'none']).optional().describe('a claim or order was filed (S5.4): the case is still open, ever, never'),
  q: z.string().trim().max(100).optional().describe('beginning of the account, or part of the name'),
};
export const DebtorsQuery = zListAsk.extend(debtorFilter);
export type DebtorsQuery = z.infer<typeof DebtorsQuery>;
export const DebtorsFileQuery = zFileAsk.extend({ ...debtorFilter, format: z.enum(['xlsx', 'csv', 'dbf']).default('xlsx') });
export type DebtorsFileQuery = z.infer<typeof DebtorsFileQuery>;
export type DebtorFilter = Omit<DebtorsQuery, 'sort' | 'after' | 'limit'>;

export const Debtor = z
  .object({
    account: z.string(),
    holder: z.string().nullable(),
    address: z.string(),
    district: z.number().int(),
    dwelling: z.string().nullable(),
    debt: zMoney.describe('past its due day, of the services and providers of the filter'),
    months: z.number().int(),
    oldest: zPeriod,
    expiring: zMoney.describe('passes limitation within the days of the filter (92 when none was asked)'),
    lastPaid: zDay.nullable().describe('null: never, or outside of the reader\'s scope'),
    holds: z.array(z.enum(HOLD_KINDS)),
    cases: z.array(z.object({ id: z.uuid(), number: z.string(), open: z.boolean() })).describe('filed at a court, the newest first'),
  })
  .meta({ id: 'Debtor' });
export type Debtor = z.infer<typeof Debtor>;
export const DebtorList = listOf(Debtor).meta({ id: 'DebtorList' });
export type DebtorList = z.infer<typeof DebtorList>;

/** Choices of the filter: only what the reader may see. */
export const DebtChoices = z
  .object({
    today: zDay,
    providers: z.array(z.object({ code: z.string(), name: z.string() })),
    services: z.array(z.object({ code: z.string(), name: z.string() })),
    districts: z.array(z.number().int()),
  })
  .meta({ id: 'DebtChoices' });
export type DebtChoices = z.infer<typeof DebtChoices>;

const zList = z.string().regex(/^[a-z-]+\/[a-z-]+$/).max(60).describe('path of the list: debt/debtors');
/** Values of the address of a list: names of filters, order and columns. */
const zKept = z.record(z.string().regex(/^[A-Za-z]{1,30}$/), z.string().max(300)).refine((kept) => Object.keys(kept).length <= 40);
export const SelectionsQuery = z.object({ list: zList });
export type SelectionsQuery = z.infer<typeof SelectionsQuery>;
export const NewSelection = z.strictObject({ list: zList, name: z.string().trim().min(1).max(80), filter: zKept });
export type NewSelection = z.infer<typeof NewSelection>;
export const SelectionParams = z.object({ id: z.uuid() });
export type SelectionParams = z.infer<typeof SelectionParams>;
export const SelectionItem = z.object({ id: z.uuid(), name: z.string(), filter: zKept }).meta({ id: 'Selection' });
export type SelectionItem = z.infer<typeof SelectionItem>;
export const SelectionList = z.object({ items: z.array(SelectionItem) }).meta({ id: 'SelectionList' });
export type SelectionList = z.infer<typeof SelectionList>;
export const SelectionGone = z.object({ done: z.literal(true) }).meta({ id: 'SelectionGone' });
export type SelectionGone = z.infer<typeof SelectionGone>;
