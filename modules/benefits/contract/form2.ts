import type { Dec, Money, Period } from '@komplat/kernel';

/** One line of the ledger of benefits, with the person it is for. */
export interface Form2Row {
  /** ЄДРПОУ of the provider. */
  readonly provider: string;
  /** РНОКПП of the holder; empty where there is none (a religious refusal). */
  readonly taxNumber: string;
  readonly fullName: string;
  readonly address: string;
  readonly account: string;
  /** Reporting month. */
  readonly month: Period;
  readonly service: string;
  readonly from: string;
  readonly to: string;
  readonly covered: number;
  readonly category: string;
  readonly categoryName: string;
  /** Code of the register of beneficiaries (ЄДАРП); null = not established (law.md 2.1). */
  readonly edarpCode: string | null;
  readonly percent: Dec;
  readonly sum: Money;
  /** Volume of a metered service; null elsewhere. */
  readonly volume: Dec | null;
  readonly tariff: Dec;
  readonly entitlementDocument: string;
}
/** What the printed form shows for one person. */
export interface Form2Line {
  readonly number: number;
  /** №, name, persons, category, РНОКПП, year, days, sums by service. */
  readonly first: {
    readonly fullName: string;
    readonly covered: number;
    readonly category: string;
    readonly taxNumber: string;
    readonly year: number;
    readonly days: number;
    readonly sums: Readonly<Record<string, Money>>;
    readonly total: Money;
  };
  /** Address, percent, account, month, volumes by service. */
  readonly second: {
    readonly address: string;
    readonly percent: string;
    readonly account: string;
    readonly month: string;
    readonly volumes: Readonly<Record<string, string>>;
  };
}
export interface Form2Block {
  readonly category: string;
  readonly categoryName: string;
  readonly persons: number;
  readonly covered: number;
  readonly total: Money;
  readonly lines: readonly Form2Line[];
}
export interface Form2 {
  readonly records: readonly Readonly<Record<string, string | null>>[];
  readonly blocks: readonly Form2Block[];
  readonly services: readonly string[];
  readonly totals: Readonly<Record<string, Money>>;
  readonly total: Money;
  /** What a person must see before it is sent. */
  readonly problems: readonly { readonly code: string; readonly params: Readonly<Record<string, string>> }[];
}
