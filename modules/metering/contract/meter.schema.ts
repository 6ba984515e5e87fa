import { listOf, zDay, zFileAsk, zInstant, zListAsk, zPeriod } from '@komplat/kernel';
import { z } from 'zod';

export const zVolume = z.string().regex(/^\d{1,12}(\.\d{1,3})?$/, { error: 'metering.volume.malformed' });
export const zReason = z.string().trim().min(3).max(500);
export const zSource = z.enum([
  'internet',
  'payment',
  'voice',
  'operator',
  'condominium',
  'paper',
  'call',
  'act',
  'inspector',
]);
/** Rules over a reading that a person may pass by saying that the dial was looked at again. */
export const READING_RULES = ['rollover', 'above-most', 'jump'] as const;
export const VERIFICATION_STATES = ['good', 'soon', 'overdue', 'unknown'] as const;
const zSerial = z.string().trim().min(2).max(40);
const zDigits = z.number().int().min(3).max(9);
const zSha = z.string().regex(/^[0-9a-f]{64}$/);

export const AccountParams = z.object({ number: z.string().regex(/^\d{10}$/) });
export type AccountParams = z.infer<typeof AccountParams>;
export const MeterParams = AccountParams.extend({ meter: z.coerce.number().int().min(1) });
export type MeterParams = z.infer<typeof MeterParams>;
export const ReadingParams = AccountParams.extend({ reading: z.string().regex(/^\d{1,18}$/) });
export type ReadingParams = z.infer<typeof ReadingParams>;

export const ReadingView = z
  .object({
    id: z.string(),
    month: zPeriod,
    value: z.string(),
    takenOn: zDay,
    source: z.string(),
    recordedBy: z.string(),
    recordedAt: zInstant,
    meterId: z.number().int(),
    /** A corrected reading stays in the history. */
    supersededAt: zInstant.nullable(),
    reason: z.string().nullable(),
    /** The rule that a person passed. */
    confirmed: z.string().nullable(),
    photo: zSha.nullable(),
    /** Consumption since the reading before; null for one that was corrected. */
    used: z.string().nullable(),
  })
  .meta({ id: 'Reading' });
export type ReadingView = z.infer<typeof ReadingView>;

export const MeterEventView = z
  .object({
    kind: z.enum(['install', 'replace', 'remove', 'seal', 'verify']),
    on: zDay,
    value: z.string().nullable(),
    note: z.string().nullable(),
    reason: z.string(),
    by: z.string(),
    at: zInstant,
  })
  .meta({ id: 'MeterEvent' });

export const MeterView = z
  .object({
    id: z.number().int(),
    service: z.string(),
    serviceName: z.string(),
    unit: z.string(),
    serial: z.string(),
    digits: z.number().int(),
    place: z.string().nullable(),
    installedOn: zDay,
    removedOn: zDay.nullable(),
    initial: z.string(),
    seal: z.string().nullable(),
    verificationDue: zDay.nullable(),
    verification: z.enum(VERIFICATION_STATES),
    /** Of the month that takes readings now. */
    current: z.object({ id: z.string(), month: zPeriod, value: z.string(), takenOn: zDay }).nullable(),
    before: z.object({ month: zPeriod, value: z.string(), takenOn: zDay }).nullable(),
    /** A month, over the window of the rule. */
    average: z.string().nullable(),
    monthsWithout: z.number().int(),
    events: z.array(MeterEventView),
  })
  .meta({ id: 'Meter' });
export type MeterView = z.infer<typeof MeterView>;
export const AccountMeters = z
  .object({
    number: z.string(),
    today: zDay,
    meters: z.array(MeterView),
    /** Services that are charged by meter. */
    services: z.array(z.object({ code: z.string(), name: z.string(), unit: z.string(), metered: z.boolean() })),
  })
  .meta({ id: 'AccountMeters' });
export type AccountMeters = z.infer<typeof AccountMeters>;
export const ReadingHistory = z.object({ items: z.array(ReadingView) }).meta({ id: 'ReadingHistory' });
export type ReadingHistory = z.infer<typeof ReadingHistory>;

export const MeterInstall = z
  .object({
    service: z.string().max(20),
    serial: zSerial,
    digits: zDigits,
    place: z.string().trim().max(60).optional(),
    installedOn: zDay,
    initial: zVolume,
    verificationDue: zDay.optional(),
    seal: z.string().trim().max(40).optional(),
    reason: zReason,
  })
  .meta({ id: 'MeterInstall' });
export type MeterInstall = z.infer<typeof MeterInstall>;
export const MeterReplace = z
  .object({
    on: zDay,
    finalValue: zVolume,
    serial: zSerial,
    digits: zDigits,
    initial: zVolume,
    verificationDue: zDay.optional(),
    seal: z.string().trim().max(40).optional(),
    confirm: z.array(z.enum(READING_RULES)).optional(),
    reason: zReason,
  })
  .meta({ id: 'MeterReplace' });
export type MeterReplace = z.infer<typeof MeterReplace>;
export const MeterRemove = z
  .object({ on: zDay, finalValue: zVolume, confirm: z.array(z.enum(READING_RULES)).optional(), reason: zReason })
  .meta({ id: 'MeterRemove' });
export type MeterRemove = z.infer<typeof MeterRemove>;
export const MeterSeal = z
  .object({ on: zDay, seal: z.string().trim().min(1).max(40), reason: zReason })
  .meta({ id: 'MeterSeal' });
export type MeterSeal = z.infer<typeof MeterSeal>;
export const MeterVerify = z
  .object({ on: zDay, due: zDay.optional(), document: z.string().trim().min(1).max(120), reason: zReason })
  .meta({ id: 'MeterVerify' });
export type MeterVerify = z.infer<typeof MeterVerify>;
export const MeterDone = z
  .object({ meterId: z.number().int(), verificationDue: zDay.nullable() })
  .meta({ id: 'MeterDone' });
export type MeterDone = z.infer<typeof MeterDone>;

export const ReadingEnter = z
  .object({
    meterId: z.number().int().min(1),
    value: zVolume,
    takenOn: zDay,
    source: zSource,
    confirm: z.array(z.enum(READING_RULES)).optional(),
    photo: zSha.optional(),
    reason: z.string().trim().max(500).optional(),
  })
  .meta({ id: 'ReadingEnter' });
export type ReadingEnter = z.infer<typeof ReadingEnter>;
export const ReadingCorrect = z
  .object({
    value: zVolume,
    takenOn: zDay,
    confirm: z.array(z.enum(READING_RULES)).optional(),
    photo: zSha.optional(),
    /** The month is closed: the person knows that a recalculation has to follow. */
    afterClose: z.boolean().optional(),
    reason: zReason,
  })
  .meta({ id: 'ReadingCorrect' });
export type ReadingCorrect = z.infer<typeof ReadingCorrect>;
export const ReadingDone = z
  .object({ id: z.string(), month: zPeriod, used: z.string(), needsRecalculation: z.boolean() })
  .meta({ id: 'ReadingDone' });
export type ReadingDone = z.infer<typeof ReadingDone>;
export const PhotoQuery = z.object({ name: z.string().min(1).max(255) });
export type PhotoQuery = z.infer<typeof PhotoQuery>;
export const PhotoDone = z.object({ photo: zSha, size: z.number().int() }).meta({ id: 'PhotoDone' });
export type PhotoDone = z.infer<typeof PhotoDone>;

const reminderFilter = {
  state: z.enum(['overdue', 'soon']).optional(),
  service: z.string().max(20).optional(),
  q: z.string().trim().max(60).optional(),
};
export const RemindersQuery = zListAsk.extend(reminderFilter);
export type RemindersQuery = z.infer<typeof RemindersQuery>;
export const RemindersFileQuery = zFileAsk.extend(reminderFilter);
export type RemindersFileQuery = z.infer<typeof RemindersFileQuery>;
export const Reminder = z
  .object({
    id: z.number().int(),
    account: z.string(),
    address: z.string(),
    service: z.string(),
    serviceName: z.string(),
    serial: z.string(),
    verificationDue: zDay,
    overdue: z.boolean(),
    seal: z.string().nullable(),
  })
  .meta({ id: 'VerificationReminder' });
export type Reminder = z.infer<typeof Reminder>;
export const Reminders = listOf(Reminder).meta({ id: 'VerificationReminders' });
export type Reminders = z.infer<typeof Reminders>;

const missingFilter = { provider: z.string().max(20), period: zPeriod, q: z.string().trim().max(60).optional() };
export const MissingQuery = zListAsk.extend(missingFilter);
export type MissingQuery = z.infer<typeof MissingQuery>;
export const MissingFileQuery = zFileAsk.extend(missingFilter);
export type MissingFileQuery = z.infer<typeof MissingFileQuery>;
export const MissingReading = z
  .object({
    id: z.number().int(),
    account: z.string(),
    address: z.string(),
    service: z.string(),
    serviceName: z.string(),
    serial: z.string(),
    last: z.string().nullable(),
    lastMonth: zPeriod.nullable(),
    months: z.number().int(),
    /** What the month will be charged by when no reading comes. */
    basis: z.enum(['average', 'norm']),
  })
  .meta({ id: 'MissingReading' });
export type MissingReading = z.infer<typeof MissingReading>;
export const MissingReadings = listOf(MissingReading).meta({ id: 'MissingReadings' });
export type MissingReadings = z.infer<typeof MissingReadings>;
