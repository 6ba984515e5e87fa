import { zDay, zMoney, zPeriod } from '@komplat/kernel';
import { z } from 'zod';

/** Zero is not kept, so a bill stays small. */
const zSum = zMoney.default('0.00');

/** One service of one provider. `received` false = the provider gave nothing for the month: no figures, never 0.00. */
export const BillLine = z
  .object({
    service: z.string(),
    name: z.string(),
    provider: z.string(),
    providerName: z.string(),
    /** Code of the service for payments, and the number of the account at the provider. */
    code: z.string().nullable().default(null),
    providerAccount: z.string().nullable().default(null),
    received: z.boolean().default(true),
    quantity: z.string().nullable().default(null),
    unit: z.string(),
    price: z.string().nullable().default(null),
    gross: zSum,
    benefit: zSum,
    recalculated: zSum,
    subsidy: zSum,
    /** `gross + benefit + recalculated + subsidy`. */
    month: zSum,
    opening: zSum,
    paid: zSum,
    other: zSum,
    /** `opening + month + paid + other`. */
    closing: zSum,
  })
  .meta({ id: 'bills.BillLine' });
export type BillLine = z.infer<typeof BillLine>;

const Part = z.object({ amount: zMoney, text: z.string() });
export const AGES = ['month', 'quarter', 'year', 'limitation', 'old'] as const;
export type Age = (typeof AGES)[number];

/** What an issued bill says; kept as it was issued, hashed. Amounts are hryvnias. */
export const BillContent = z
  .object({
    v: z.literal(1),
    number: z.string(),
    code: z.string(),
    account: z.string(),
    month: zPeriod,
    part: z.number().int(),
    version: z.number().int(),
    issuedOn: zDay,
    dueOn: zDay,
    reason: z.string().nullable(),
    issuer: z.object({
      name: z.string(),
      short: z.string(),
      address: z.string(),
      phone: z.string(),
      hours: z.string(),
      site: z.string(),
      edrpou: z.string(),
      iban: z.string(),
    }),
    holder: z.string(),
    address: z.string(),
    postcode: z.string(),
    area: z.string().nullable(),
    residents: z.number().int(),
    lines: z.array(BillLine),
    /** Sum of the month; what was owed before it less what was paid; both together; what the payment code asks for. */
    monthTotal: zMoney,
    earlier: zMoney,
    total: zMoney,
    pay: zMoney,
    recalculations: z.array(Part),
    /** Received until the day of issue, in the books of a later month. */
    received: z.array(z.object({ paidOn: zDay, channel: z.string(), amount: zMoney, month: zPeriod })),
    debt: z.array(z.object({ age: z.enum(AGES), amount: zMoney })),
    advance: zMoney,
    readings: z.array(
      z.object({
        name: z.string(),
        serial: z.string(),
        before: z.string(),
        now: z.string().nullable(),
        quantity: z.string().nullable(),
        unit: z.string(),
        due: zDay.nullable(),
      }),
    ),
    /** Parts add up to `monthTotal − before`. `same` = services without a change. */
    difference: z.object({ before: zMoney, difference: zMoney, parts: z.array(Part), same: z.number().int() }).nullable(),
    year: z.array(z.object({ month: zPeriod, amount: zMoney.nullable() })),
    notices: z.array(z.string()),
  })
  .meta({ id: 'bills.BillContent' });
export type BillContent = z.infer<typeof BillContent>;
