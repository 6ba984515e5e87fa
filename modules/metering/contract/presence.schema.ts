import { listOf, zDay, zInstant, zListAsk, zMoney, zPeriod } from '@komplat/kernel';
import { MoneyEffect } from '@komplat/registry/contract';
import { z } from 'zod';
import { zReason } from './meter.schema.ts';

export const PRESENCE_STATES = ['waiting', 'approved', 'rejected', 'withdrawn'] as const;
const zService = z.string().max(20);
const zAct = z.string().trim().min(1).max(40);

export const AbsenceMake = z
  .object({
    services: z.array(zService).min(1).max(20),
    /** Everybody of the dwelling when absent. */
    persons: z.array(z.uuid()).min(1).max(30).optional(),
    from: zDay,
    /** Last day of absence, counted too. */
    to: zDay,
    appliedOn: zDay,
    channel: z.enum(['paper', 'internet', 'post', 'cnap']),
    document: z.object({ kind: z.string().trim().min(2).max(120), number: zAct, date: zDay }),
    reason: zReason,
  })
  .meta({ id: 'AbsenceMake' });
export type AbsenceMake = z.infer<typeof AbsenceMake>;
export const AbsenceView = z
  .object({
    id: z.uuid(),
    /** Names, in order of payment. */
    services: z.array(z.string()),
    /** Null = everybody; otherwise how many. */
    persons: z.number().int().nullable(),
    from: zDay,
    to: zDay,
    days: z.number().int(),
    appliedOn: zDay,
    document: z.string(),
    reason: z.string(),
    state: z.enum(PRESENCE_STATES),
    madeBy: z.string(),
    madeAt: zInstant,
    decidedBy: z.string().nullable(),
  })
  .meta({ id: 'Absence' });
export type AbsenceView = z.infer<typeof AbsenceView>;
export const AbsenceList = z
  .object({
    items: z.array(AbsenceView),
    /** Services of the account that an absence lowers: by norm or by person. */
    services: z.array(z.object({ code: z.string(), name: z.string() })),
    persons: z.array(z.object({ id: z.uuid(), name: z.string() })),
    /** An absence must be longer than this many days. */
    minDays: z.number().int(),
  })
  .meta({ id: 'AbsenceList' });
export type AbsenceList = z.infer<typeof AbsenceList>;

export const QualityActMake = z
  .object({
    actNumber: zAct,
    actDate: zDay,
    service: zService,
    scope: z.enum(['house', 'riser', 'flat']),
    house: z.string().regex(/^[A-Z]\d{4}(-\d{1,4})?$/),
    riser: z.string().trim().min(1).max(40).optional(),
    /** Flats of the riser, or the one flat; accounts where one flat has several. */
    flats: z.array(z.string().trim().min(1).max(20)).max(200).optional(),
    accounts: z
      .array(z.string().regex(/^\d{10}$/))
      .max(500)
      .optional(),
    kind: z.enum(['non-delivery', 'quality']),
    from: zDay,
    to: zDay,
    /** Share of the month's charge for a day; of non-delivery the day itself. From the rule of the service when absent. */
    percent: z
      .string()
      .regex(/^\d{1,3}(\.\d{1,3})?$/)
      .optional(),
    reason: zReason,
  })
  .meta({ id: 'QualityActMake' });
export type QualityActMake = z.infer<typeof QualityActMake>;
/** Whom an act concerns and what it does to money; nothing is kept. */
export const QualityActLook = z
  .object({
    percent: z.string(),
    mark: z.string(),
    accounts: z.array(z.object({ number: z.string(), flat: z.string() })),
    /** Closed months of the act: the approval recalculates them. */
    closedMonths: z.array(zPeriod),
    money: z.object({ available: z.boolean(), effects: z.array(MoneyEffect), difference: zMoney }),
  })
  .meta({ id: 'QualityActLook' });
export type QualityActLook = z.infer<typeof QualityActLook>;
export const PresenceDone = z
  .object({
    id: z.uuid(),
    approvalId: z.uuid(),
    /** Accounts that it concerns. */
    accounts: z.number().int(),
    /** Months of it that are closed: they need a recalculation. */
    closedMonths: z.array(zPeriod),
  })
  .meta({ id: 'PresenceDone' });
export type PresenceDone = z.infer<typeof PresenceDone>;
export const QualityActItem = z
  .object({
    id: z.uuid(),
    actNumber: z.string(),
    actDate: zDay,
    service: z.string(),
    serviceName: z.string(),
    scope: z.enum(['house', 'riser', 'flat']),
    riser: z.string().nullable(),
    house: z.string(),
    address: z.string(),
    kind: z.enum(['non-delivery', 'quality']),
    from: zDay,
    to: zDay,
    percent: z.string(),
    mark: z.string(),
    accounts: z.number().int(),
    reason: z.string(),
    state: z.enum(PRESENCE_STATES),
    madeBy: z.string(),
    decidedBy: z.string().nullable(),
  })
  .meta({ id: 'QualityAct' });
export type QualityActItem = z.infer<typeof QualityActItem>;
export const QualityActs = listOf(QualityActItem).meta({ id: 'QualityActs' });
export type QualityActs = z.infer<typeof QualityActs>;
export const QualityActsQuery = zListAsk.extend({
  state: z.enum(PRESENCE_STATES).optional(),
  period: zPeriod.optional(),
  q: z.string().trim().max(60).optional(),
});
export type QualityActsQuery = z.infer<typeof QualityActsQuery>;
