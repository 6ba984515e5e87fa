export type RoundingId = 'none' | 'half-away-0.01' | 'half-away-0.001' | 'half-away-0.000001' | 'half-away-0.50';

/** One step of a calculation, as a person (or a court) reads it. Numbers are decimal strings. */
export interface TraceLine {
  readonly rule: string;
  readonly law?: string;
  readonly base: string;
  readonly rate: string;
  readonly days?: number;
  readonly raw: string;
  readonly rounding: RoundingId;
  readonly amount: string;
  readonly paramsVersion: string;
}

/** A result that can prove itself. */
export interface Calculated<T> {
  readonly value: T;
  readonly trace: readonly TraceLine[];
}
