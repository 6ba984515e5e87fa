import type { ClaimPart } from '../contract/case-words.ts';

/** A part of a case with what is still to be paid of it; kopecks. */
export interface CasePart {
  readonly no: number;
  readonly part: ClaimPart;
  /** `2026-05`; null: of no month (the fee). */
  readonly month: string | null;
  readonly outstandingKop: bigint;
}
/** The stated order of parts; months inside a part go from the oldest. */
export type ReceiptOrder = readonly ClaimPart[];
export interface ReceiptShare {
  readonly no: number;
  readonly amountKop: bigint;
}

/** Ties a receipt to parts and months by the stated order (ЦКУ ст. 534); what is over stays over. Parts that the order does not name come last. */
export function receiptOver(
  parts: readonly CasePart[], order: ReceiptOrder, amountKop: bigint,
): { readonly shares: readonly ReceiptShare[]; readonly overKop: bigint } {
  const place = ({ part }: CasePart): number => (order.includes(part) ? order.indexOf(part) : order.length);
  const sorted = parts.toSorted((a, b) => place(a) - place(b) || (a.month ?? '').localeCompare(b.month ?? '') || a.no - b.no);
  let left = amountKop;
  const shares: ReceiptShare[] = [];
  for (const { no, outstandingKop } of sorted) {
    const taken = left < outstandingKop ? left : outstandingKop;
    if (taken <= 0n) continue;
    shares.push({ no, amountKop: taken });
    left -= taken;
  }
  return { shares, overKop: left };
}
