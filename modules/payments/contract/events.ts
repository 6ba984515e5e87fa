import { z } from 'zod';

const ImportRef = z.object({ importId: z.uuid(), startedBy: z.string() });
export type ImportRef = z.infer<typeof ImportRef>;
/** A file is stored and waits for its process, or a person decided what the process waited for. */
export const importUploaded = { type: 'payments.import-uploaded', version: 1, schema: ImportRef } as const;
export const importOrdered = { type: 'payments.import-ordered', version: 1, schema: ImportRef } as const;

const PaymentReceived = z.object({ paymentId: z.string(), accountId: z.number().int() });
export type PaymentReceived = z.infer<typeof PaymentReceived>;
/** Money came for an account. */
export const paymentReceived = { type: 'payments.received', version: 1, schema: PaymentReceived } as const;

const BatchPosted = z.object({ importId: z.uuid(), posted: z.number().int(), suspended: z.number().int() });
export type BatchPosted = z.infer<typeof BatchPosted>;
/** A batch of rows of a register was accepted. */
export const batchPosted = { type: 'payments.batch-posted', version: 1, schema: BatchPosted } as const;

const GateMoved = z.object({ gate: z.string() });
export type GateMoved = z.infer<typeof GateMoved>;
/** What held the close of a month may be done: money found its account, a file is posted or put aside. */
export const gateMoved = { type: 'payments.gate-moved', version: 1, schema: GateMoved } as const;
