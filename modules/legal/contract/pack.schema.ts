import { zDay, zMoney, zPeriod } from '@komplat/kernel';
import { z } from 'zod';

const zText = z.string().max(500);
const zName = z.strictObject({
  surname: z.string(),
  givenName: z.string(),
  patronymic: z.string().nullable(),
  sex: z.enum(['male', 'female']).nullable(),
});

/** The creditor: one provider. The Centre acts for it under a dated authority. */
const zCreditor = z.strictObject({
  code: z.string(),
  name: zText,
  edrpou: z.string(),
  address: zText,
  phone: z.string().nullable(),
  email: z.string().nullable(),
  iban: z.string().nullable(),
  bank: zText.nullable(),
  head: zName.extend({ post: zText }).nullable(),
  authority: z.strictObject({ number: z.string(), from: zDay, until: zDay.nullable() }).nullable(),
});

/** Somebody who answers for the debt (ЦКУ ст. 360, Law 2189-VIII art. 7); a minor stands with the person who acts for them. */
const zDebtor = zName.extend({
  personId: z.uuid(),
  birthDate: zDay.nullable(),
  taxNumber: z.string().nullable(),
  registeredAt: zText.nullable(),
  phone: z.string().nullable(),
  role: z.enum(['owner', 'holder', 'resident']),
  share: z.string().nullable().describe('of the ownership: 1/2'),
  minor: z.boolean(),
  actsFor: z.array(z.uuid()).describe('minors whom this person represents'),
});

/** One month of one service that is claimed. */
const zItem = z.strictObject({
  service: z.string(),
  serviceName: z.string(),
  month: zPeriod,
  charged: zMoney,
  covered: zMoney,
  debt: zMoney,
  dueOn: zDay,
  limitationEndsOn: zDay,
});

const zAddition = z.strictObject({
  month: zPeriod.describe('of the claimed month'),
  service: z.string(),
  from: zDay,
  to: zDay,
  days: z.number().int(),
  balance: zMoney,
  index: z.string(),
  inflation: zMoney,
  interest: zMoney,
  penalty: zMoney,
});

/** How the additions were counted; every step is printed. */
const zCalculation = z.strictObject({
  method: z.enum(['A', 'A-fifo', 'B', 'C']),
  ratePercent: z.string(),
  penaltyPercentPerDay: z.string().nullable(),
  indexVersion: z.number().int(),
  asOf: zDay,
  principal: zMoney,
  inflation: zMoney,
  interest: zMoney,
  penalty: zMoney,
  rows: z.array(zAddition),
  parameters: z.array(z.strictObject({ id: z.string(), version: z.string(), mark: z.string() })),
});

const zFee = z.strictObject({
  amount: zMoney,
  credited: zMoney,
  toPay: zMoney,
  account: z.strictObject({ recipient: z.string(), edrpou: z.string(), bank: z.string(), iban: z.string(), purpose: z.string() }).nullable(),
  paidOn: zDay.nullable(),
  paymentReference: z.string().nullable().describe('row of the statement of the bank'),
});

/**
 * All that a pack says, frozen: the pack is drawn from this and from nothing else, so it can be drawn again.
 * Amounts are hryvnias; one creditor, one account, one kind of document.
 */
export const PackSnapshot = z
  .strictObject({
    v: z.literal(1),
    kind: z.enum(['order', 'claim']),
    number: z.string(),
    preparedOn: zDay,
    asOf: zDay,
    account: z.string().regex(/^\d{10}$/),
    premises: z.strictObject({ address: zText, area: z.string().nullable(), kind: z.string() }),
    court: z.strictObject({ code: z.string(), name: zText, nameGenitive: zText, nameDative: zText, address: zText, email: z.string() }),
    creditor: zCreditor,
    debtors: z.array(zDebtor).min(1),
    ground: zText.describe('contract or accession to the public contract'),
    period: z.strictObject({ from: zPeriod, to: zPeriod }),
    items: z.array(zItem).min(1),
    calculation: zCalculation,
    fee: zFee,
    total: zMoney.describe('principal, inflation, interest and penalty; without the fee'),
    statement: z.array(
      z.strictObject({
        month: zPeriod,
        service: z.string(),
        opening: zMoney,
        charged: zMoney,
        recalculated: zMoney,
        benefit: zMoney,
        subsidy: zMoney,
        paid: zMoney,
        closing: zMoney,
      }),
    ),
    payments: z.array(z.strictObject({ on: zDay, amount: zMoney, channel: z.string() })),
    tariffs: z.array(
      z.strictObject({ service: z.string(), from: zDay, price: z.string(), unit: z.string(), decision: zText }),
    ),
    residents: z.array(
      zName.extend({ birthDate: zDay.nullable(), relation: z.string(), from: zDay.nullable(), to: zDay.nullable() }),
    ),
    marks: z.array(zText).describe('what a lawyer still has to decide about; printed for the reviewer, not for the court'),
  })
  .meta({ id: 'legal.PackSnapshot' });
export type PackSnapshot = z.infer<typeof PackSnapshot>;

/** Parts of a pack in the order of the annexes. */
export const PACK_PARTS = ['application', 'debt', 'additions', 'statement', 'residents', 'tariffs', 'authority', 'annexes'] as const;
export type PackPart = (typeof PACK_PARTS)[number];

/** What a pack was made of; kept beside the file. */
export const PackManifest = z
  .object({
    v: z.literal(1),
    snapshotSha256: z.string(),
    files: z.array(
      z.object({ name: z.string(), mediaType: z.string(), sha256: z.string(), pages: z.number().int().nullable(), signed: z.boolean() }),
    ),
    parts: z.array(z.object({ part: z.enum(PACK_PARTS), title: z.string(), firstPage: z.number().int(), pages: z.number().int() })).describe('of pack.pdf'),
    template: z.object({ code: z.string(), version: z.number().int(), sha256: z.string() }),
    fonts: z.array(z.object({ name: z.string(), sha256: z.string() })),
    renderer: z.string(),
    indexVersion: z.number().int(),
    rules: z.array(z.object({ id: z.string(), version: z.string(), mark: z.string() })),
    marks: z.array(z.string()).describe('what the reviewer must look at before it is signed'),
  })
  .meta({ id: 'legal.PackManifest' });
export type PackManifest = z.infer<typeof PackManifest>;
