import { zPeriod } from '@komplat/kernel';
import { z } from 'zod';

export const MAIL_STATES = ['sending', 'sent', 'failed'] as const;
/** Bills of a month go by e-mail to holders who agreed; a call sends at most `most`, the next one goes on. */
export const MailRequest = z.strictObject({
  month: zPeriod,
  account: z.string().regex(/^\d{10}$/).optional().describe('one account; everybody of the month when absent'),
  most: z.number().int().min(1).max(100).default(50),
});
export type MailRequest = z.infer<typeof MailRequest>;
export const MailOutcome = z.object({
  account: z.string(),
  bill: z.string(),
  /** The address as a clerk may see it: `к…@example.com`. */
  address: z.string(),
  state: z.enum(MAIL_STATES),
  /** What the server answered to a refused letter. */
  answer: z.string().nullable(),
});
export type MailOutcome = z.infer<typeof MailOutcome>;
export const MailResult = z
  .object({ items: z.array(MailOutcome), sent: z.number().int(), failed: z.number().int(), left: z.number().int() })
  .meta({ id: 'bills.MailResult' });
export type MailResult = z.infer<typeof MailResult>;
export const MailParams = z.object({ month: zPeriod });
export type MailParams = z.infer<typeof MailParams>;
