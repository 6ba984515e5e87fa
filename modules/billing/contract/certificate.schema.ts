import { zDay, zInstant, zMoney } from '@komplat/kernel';
import { z } from 'zod';

/** What a certificate of the state of payments says of one service. */
export const CertificateLine = z.object({
  service: z.string(),
  provider: z.string(),
  balance: zMoney,
  /** Months with an unpaid charge, and the first of them. */
  debtMonths: z.number().int(),
  since: z.string().nullable(),
});
export type CertificateLine = z.infer<typeof CertificateLine>;

/** The content as it was issued; the PDF is drawn from it and from nothing else. */
export const CertificateContent = z.object({
  number: z.string(),
  code: z.string(),
  account: z.string(),
  holder: z.string(),
  address: z.string(),
  asOf: zDay,
  issuedOn: zDay,
  purpose: z.string(),
  balance: zMoney,
  lines: z.array(CertificateLine),
  lastPayment: z.object({ paidOn: zDay, amount: zMoney }).nullable(),
  issuedBy: z.string(),
});
export type CertificateContent = z.infer<typeof CertificateContent>;

export const CertificateRequest = z.object({
  /** The day whose state is certified; today when absent. */
  asOf: zDay.optional(),
  /** For whom or what for, as it stands on the certificate. */
  purpose: z.string().trim().min(3).max(200),
});
export type CertificateRequest = z.infer<typeof CertificateRequest>;

export const CertificateItem = z
  .object({
    id: z.string(),
    number: z.string(),
    asOf: zDay,
    balance: zMoney,
    purpose: z.string(),
    /** SHA-256 of the content as it was issued; it stands on the paper too. */
    sha256: z.string(),
    issuedAt: zInstant,
    issuedBy: z.string(),
  })
  .meta({ id: 'billing.CertificateItem' });
export type CertificateItem = z.infer<typeof CertificateItem>;
export const CertificateList = z.object({ items: z.array(CertificateItem) }).meta({ id: 'billing.CertificateList' });
export type CertificateList = z.infer<typeof CertificateList>;

export const CertificateParams = z.object({ id: z.uuid() });
export type CertificateParams = z.infer<typeof CertificateParams>;
export const CertificateCodeParams = z.object({ code: z.string().min(4).max(40) });
export type CertificateCodeParams = z.infer<typeof CertificateCodeParams>;

/** What everybody may learn by the code of a certificate: that we issued it, when, of which day and sum; no names, no address. */
export const CertificateVerified = z
  .object({ number: z.string(), accountEnds: z.string(), asOf: zDay, issuedOn: zDay, balance: zMoney, sha256: z.string() })
  .meta({ id: 'billing.CertificateVerified' });
export type CertificateVerified = z.infer<typeof CertificateVerified>;

export const CardFileQuery = z.object({
  format: z.enum(['xlsx', 'pdf']).default('xlsx'),
  /** Newest months in the file; the whole history when absent. */
  months: z.coerce.number().int().min(1).max(420).default(420),
  asOf: zDay.optional(),
  knownAt: zDay.optional(),
});
export type CardFileQuery = z.infer<typeof CardFileQuery>;
