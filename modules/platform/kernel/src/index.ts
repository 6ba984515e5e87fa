export { assert, AssertionError } from './assert.ts';
export { DomainError, conflict, forbidden, notFound, type ErrorParams, type ErrorStatus } from './domain-error.ts';
export { Dec, dec, fixed, roundHalfAwayFromZero } from './decimal.ts';
export { Money } from './money.ts';
export { Period, addDays, daysBetween, isDay } from './period.ts';
export { formatAccount, isAccountNumber, luhnDigit, makeAccountNumber } from './account-number.ts';
export { defineEvent, type EventDefinition } from './event.ts';
export type { Calculated, RoundingId, TraceLine } from './calculated.ts';
export {
  listOf, pageOf, zDay, zFileAsk, zInstant, zListAsk, zListTotals, zMessage, zMoney, zPeriod, type Message,
} from './codecs.ts';
