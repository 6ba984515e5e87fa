import { zDay, zInstant, zMoney, zPeriod } from '@komplat/kernel';
import { z } from 'zod';
import { BillContent } from './bill.schema.ts';

export const AccountMonthParams = z.object({ number: z.string().regex(/^\d{10}$/), month: zPeriod });
export type AccountMonthParams = z.infer<typeof AccountMonthParams>;
export const PdfParams = z.object({
  number: z.string().regex(/^\d{10}$/),
  file: z
    .string()
    .regex(/^(19|20)\d{2}-(0[1-9]|1[0-2])\.pdf$/)
    .transform((name) => name.slice(0, 7)),
});
export type PdfParams = z.infer<typeof PdfParams>;
export const PdfQuery = z.object({
  part: z.coerce.number().int().min(0).max(20).default(0),
  /** The newest when absent. */
  version: z.coerce.number().int().min(1).max(99).optional(),
});
export type PdfQuery = z.infer<typeof PdfQuery>;

export const IssueRequest = z.strictObject({
  kind: z.enum(['bill', 'corrected', 'supplementary']).default('bill'),
  /** Stands on a corrected bill. */
  reason: z.string().trim().min(5).max(200).optional(),
});
export type IssueRequest = z.infer<typeof IssueRequest>;

/** An issued bill; `current` false = a newer version stands in its place. */
export const BillView = z
  .object({
    number: z.string(),
    code: z.string(),
    account: z.string(),
    month: zPeriod,
    part: z.number().int(),
    version: z.number().int(),
    monthTotal: zMoney,
    total: zMoney,
    pay: zMoney,
    dueOn: zDay,
    issuedOn: zDay,
    issuedAt: zInstant,
    issuedBy: z.string(),
    reason: z.string().nullable(),
    sha256: z.string(),
    current: z.boolean(),
    /** Providers that had given nothing. */
    missing: z.number().int(),
  })
  .meta({ id: 'bills.BillView' });
export type BillView = z.infer<typeof BillView>;
export const BillDetail = BillView.extend({ content: BillContent }).meta({ id: 'bills.BillDetail' });
export type BillDetail = z.infer<typeof BillDetail>;
export const BillList = z.object({ items: z.array(BillView) }).meta({ id: 'bills.BillList' });
export type BillList = z.infer<typeof BillList>;

export const VerifyParams = z.object({ code: z.string().min(4).max(40) });
export type VerifyParams = z.infer<typeof VerifyParams>;
/** What anyone with the code may see: no name, no address, the account by its last digits. */
export const Verified = z
  .object({
    issuer: z.string(),
    number: z.string(),
    accountEnds: z.string(),
    month: zPeriod,
    issuedOn: zDay,
    version: z.number().int(),
    monthTotal: zMoney,
    total: zMoney,
    supplementary: z.boolean(),
    /** Day of the version that stands in its place; null when it is the newest. */
    supersededOn: zDay.nullable(),
  })
  .meta({ id: 'bills.Verified' });
export type Verified = z.infer<typeof Verified>;

export const NoticeBody = z.strictObject({
  fromMonth: zPeriod,
  toMonth: zPeriod,
  provider: z.string().max(10).optional(),
  house: z.string().max(20).optional(),
  text: z.string().trim().min(5).max(300),
  reason: z.string().trim().min(5).max(200),
});
export type NoticeBody = z.infer<typeof NoticeBody>;
export const NoticeView = z
  .object({
    id: z.string(),
    fromMonth: zPeriod,
    toMonth: zPeriod,
    provider: z.string().nullable(),
    house: z.string().nullable(),
    text: z.string(),
    reason: z.string(),
    writtenBy: z.string(),
    ended: z.boolean(),
  })
  .meta({ id: 'bills.NoticeView' });
export type NoticeView = z.infer<typeof NoticeView>;
export const NoticeList = z.object({ items: z.array(NoticeView) }).meta({ id: 'bills.NoticeList' });
export type NoticeList = z.infer<typeof NoticeList>;
export const NoticeParams = z.object({ id: z.uuid() });
export type NoticeParams = z.infer<typeof NoticeParams>;
