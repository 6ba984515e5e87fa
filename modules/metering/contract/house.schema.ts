import { listOf, zDay, zInstant, zListAsk, zPeriod } from '@komplat/kernel';
import { z } from 'zod';
import { zReason } from './meter.schema.ts';

const zUnits = z.string().regex(/^\d{1,10}(\.\d{1,6})?$/, { error: 'metering.volume.malformed' });
export const DISTRIBUTED = ['CW', 'HW', 'HEAT'] as const;
const zHouseCode = z.string().regex(/^[A-Z]\d{4}(-\d{1,4})?$/);

export const HouseParams = z.object({ code: zHouseCode });
export type HouseParams = z.infer<typeof HouseParams>;
export const DistributionParams = z.object({ id: z.uuid() });
export type DistributionParams = z.infer<typeof DistributionParams>;

export const HouseMeterInstall = z
  .object({
    service: z.enum(DISTRIBUTED),
    serial: z.string().trim().min(2).max(40),
    digits: z.number().int().min(3).max(9),
    multiplier: zUnits.default('1').describe('units of the service for one unit of the dial'),
    initial: zUnits.default('0'),
    installedOn: zDay,
    verificationDue: zDay.optional(),
    reason: zReason,
  })
  .meta({ id: 'HouseMeterInstall' });
export type HouseMeterInstall = z.infer<typeof HouseMeterInstall>;
export const HouseMeterParams = HouseParams.extend({ id: z.coerce.number().int().min(1) });
export type HouseMeterParams = z.infer<typeof HouseMeterParams>;
/** The old device with what it showed last, and the new one; both count in the month of the day. */
export const HouseMeterReplace = HouseMeterInstall.omit({ service: true, installedOn: true })
  .extend({ on: zDay, finalValue: zUnits })
  .meta({ id: 'HouseMeterReplace' });
export type HouseMeterReplace = z.infer<typeof HouseMeterReplace>;
export const HouseMeterVerify = z
  .object({ on: zDay, due: zDay, document: z.string().trim().min(3).max(200), reason: zReason })
  .meta({ id: 'HouseMeterVerify' });
export type HouseMeterVerify = z.infer<typeof HouseMeterVerify>;
export const HouseReadingEnter = z
  .object({
    houseMeterId: z.number().int().min(1),
    period: zPeriod,
    value: zUnits,
    takenOn: zDay,
    correct: z.boolean().optional(),
    reason: zReason,
  })
  .meta({ id: 'HouseReadingEnter' });
export type HouseReadingEnter = z.infer<typeof HouseReadingEnter>;
export const HouseDone = z.object({ id: z.string(), volume: z.string().nullable() }).meta({ id: 'HouseMeterDone' });
export type HouseDone = z.infer<typeof HouseDone>;

export const DistributionMake = z
  .object({
    service: z.enum(DISTRIBUTED),
    period: zPeriod,
    actNumber: z.string().trim().min(1).max(40),
    /** From the readings of the house meters when absent. */
    houseVolume: zUnits.optional(),
    nonResidential: zUnits.default('0'),
    commonShare: z
      .string()
      .regex(/^(0(\.\d{1,8})?|1(\.0{1,8})?)$/)
      .default('0'),
    /** Decision of the co-owners: 0.2 to 0.9 or 1.1 to 2; 1 = none. */
    commonCoefficient: z
      .string()
      .regex(/^(0\.[2-9]|1(\.\d)?|2(\.0)?)$/, { error: 'metering.distribution.coefficient' })
      .default('1'),
    needsBy: z.enum(['area', 'persons']).default('area'),
    reason: zReason,
  })
  .meta({ id: 'DistributionMake' });
export type DistributionMake = z.infer<typeof DistributionMake>;

const distributionCore = {
  id: z.uuid(),
  house: z.string(),
  address: z.string(),
  service: z.string(),
  serviceName: z.string(),
  unit: z.string(),
  month: zPeriod,
  actNumber: z.string(),
  state: z.enum(['draft', 'signed', 'superseded']),
  houseVolume: z.string(),
  meteredVolume: z.string(),
  houseNeeds: z.string(),
  shortfall: z.string(),
  flats: z.number().int(),
  madeBy: z.string(),
  madeAt: zInstant,
  signedBy: z.string().nullable(),
};
export const DistributionItem = z.object(distributionCore).meta({ id: 'DistributionItem' });
export type DistributionItem = z.infer<typeof DistributionItem>;
export const DistributionList = listOf(DistributionItem).meta({ id: 'DistributionList' });
export type DistributionList = z.infer<typeof DistributionList>;
export const DistributionsQuery = zListAsk.extend({
  period: zPeriod.optional(),
  state: z.enum(['draft', 'signed', 'superseded']).optional(),
  q: z.string().trim().max(60).optional(),
});
export type DistributionsQuery = z.infer<typeof DistributionsQuery>;
export const DistributionView = z
  .object({
    ...distributionCore,
    nonResidential: z.string(),
    restVolume: z.string(),
    commonShare: z.string(),
    commonCoefficient: z.string(),
    needsBy: z.enum(['area', 'persons']),
    reason: z.string(),
    /** Waits for a second person. */
    waiting: z.boolean(),
    parts: z.array(
      z.object({
        account: z.string().nullable(),
        flat: z.string().nullable(),
        area: z.string(),
        persons: z.number().int(),
        metered: z.string().nullable(),
        own: z.string().nullable(),
        needs: z.string(),
        total: z.string(),
      }),
    ),
  })
  .meta({ id: 'Distribution' });
export type DistributionView = z.infer<typeof DistributionView>;
export const HouseMeters = z
  .object({
    house: z.string(),
    address: z.string(),
    meters: z.array(
      z.object({
        id: z.number().int(),
        service: z.string(),
        serial: z.string(),
        digits: z.number().int(),
        multiplier: z.string(),
        installedOn: zDay,
        removedOn: zDay.nullable(),
        verificationDue: zDay.nullable(),
        readings: z.array(z.object({ month: zPeriod, value: z.string(), takenOn: zDay })),
      }),
    ),
  })
  .meta({ id: 'HouseMeters' });
export type HouseMeters = z.infer<typeof HouseMeters>;
export const HouseMeterItem = z
  .object({
    house: z.string(),
    address: z.string(),
    services: z.array(z.string()),
    meters: z.number().int(),
    /** Meters without a reading of the open month. */
    unread: z.number().int(),
    /** The earliest next verification. */
    due: zDay.nullable(),
    overdue: z.boolean(),
  })
  .meta({ id: 'HouseMeterItem' });
export type HouseMeterItem = z.infer<typeof HouseMeterItem>;
export const HouseMeterList = listOf(HouseMeterItem).meta({ id: 'HouseMeterList' });
export type HouseMeterList = z.infer<typeof HouseMeterList>;
export const HouseMetersQuery = zListAsk.extend({ q: z.string().trim().max(60).optional() });
export type HouseMetersQuery = z.infer<typeof HouseMetersQuery>;
export const SignAsk = z.object({ reason: zReason }).meta({ id: 'DistributionSignAsk' });
export type SignAsk = z.infer<typeof SignAsk>;
export const Asked = z.object({ approvalId: z.uuid() }).meta({ id: 'MeteringAsked' });
export type Asked = z.infer<typeof Asked>;
