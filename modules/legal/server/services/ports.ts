import type { Tx } from '@komplat/server';
import type { PackManifest, PackSnapshot } from '../../contract/pack.schema.ts';
import type { PackRebuilt } from '../../contract/pack-view.schema.ts';

/** Packs of documents. Implemented in server/packs, used by server/claims. */
export interface Packs {
  /** Draws the pack of a snapshot (PDF and DOCX), keeps the files with their hashes; the same snapshot and template give the same pack. */
  issue(snapshot: PackSnapshot, by: string): Promise<{ readonly packId: string; readonly manifest: PackManifest }>;
  /** Draws it again from its snapshot and compares data, text, page images and bytes. Names every difference. */
  rebuild(packId: string): Promise<PackRebuilt>;
  /** CMS signature (КЕП) beside every file of the pack. */
  sign(packId: string, by: string): Promise<PackManifest>;
  /** A pack that is not filed is withdrawn (a payment came, data changed); it stays readable. */
  withdraw(tx: Tx, packId: string, reason: string, by: string): Promise<void>;
}
export const PACKS = Symbol.for('komplat.legal.packs');

/** A case is opened when papers leave the house. Implemented in server/cases, used by server/claims. */
export interface CaseOpening {
  readonly accountId: number;
  readonly providerId: number;
  readonly kind: 'order' | 'claim';
  readonly packId: string;
  readonly claimItemId: string;
  readonly court: string;
  readonly filedOn: string;
  /** Number that the court gave, when it is known. */
  readonly caseNumber?: string;
  readonly debtors: readonly string[];
  /** What is claimed, by month and part; kopecks. */
  readonly parts: readonly {
    readonly serviceId: number | null;
    readonly period: string | null;
    readonly part: 'principal' | 'inflation' | 'interest' | 'penalty' | 'fee';
    readonly amountKop: bigint;
  }[];
  readonly by: string;
}
export interface Cases {
  /** Opens the case in the transaction of the filing; freezes dunning by a hold. Refuses `legal.case.duplicate` and `legal.case.number-taken`. */
  open(tx: Tx, opening: CaseOpening): Promise<{ readonly caseId: string; readonly number: string }>;
  /** Fees of refused or cancelled orders of this creditor and account that were not credited yet. */
  creditableFees(accountId: number, providerId: number): Promise<readonly { readonly caseId: string; readonly amountKop: bigint }[]>;
}
export const CASES = Symbol.for('komplat.legal.cases');
