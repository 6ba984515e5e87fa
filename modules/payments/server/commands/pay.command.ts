import { DomainError } from '@komplat/kernel';
import type { Command, CommandContext, CommandDef } from '@komplat/plugin-api';
import { uuid7 } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { PAYMENTS_PERMISSIONS as P } from '../../contract/permissions.ts';
import { Intake } from '../services/intake.ts';

/** Ten digits, spaces between them are ignored. */
function accountNumber(text: string): string {
  const digits = text.replaceAll(/\s/gu, '');
  if (!/^\d{10}$/u.test(digits)) throw new DomainError('payments.account.malformed', { account: text });
  return digits;
}

export const PayInput = z.object({
  account: z.string().describe('number of the account, 10 digits'),
  sum: z.string().describe('hryvnias, as 1234.56'),
  channel: z.string().optional().describe('code of the channel; CASH when absent'),
  externalId: z.string().optional().describe("the channel's own id of the transaction"),
  on: z.string().optional().describe('day of payment; the operating day when absent'),
});
export const AllocateInput = PayInput.pick({ account: true, sum: true });

/** `komplat pay ACCOUNT SUM`: accepts one payment. */
@Injectable()
export class PayCommand implements Command {
  constructor(@Inject(Intake) private readonly intake: Intake) {}

  async run(input: unknown, { actor }: CommandContext): Promise<unknown> {
    const { account, sum, channel = 'CASH', externalId = uuid7(), on } = PayInput.parse(input);
    return this.intake.accept(
      {
        account: accountNumber(account),
        amount: sum,
        channel,
        externalId,
        ...(on === undefined ? {} : { paidOn: on }),
      },
      actor,
    );
  }
}

/** `komplat allocate ACCOUNT SUM`: shows where a sum would go. */
@Injectable()
export class AllocateCommand implements Command {
  constructor(@Inject(Intake) private readonly intake: Intake) {}

  async run(input: unknown): Promise<unknown> {
    const { account, sum } = AllocateInput.parse(input);
    return this.intake.preview({ account: accountNumber(account), amount: sum });
  }
}

export const payCommands: readonly CommandDef[] = [
  {
    id: 'payments.pay-command',
    words: 'pay',
    title: 'payments.command.pay',
    permission: P.accept.id,
    args: ['account', 'sum'],
    input: PayInput,
    provider: PayCommand,
  },
  {
    id: 'payments.allocate-command',
    words: 'allocate',
    title: 'payments.command.allocate',
    permission: P.accept.id,
    args: ['account', 'sum'],
    input: AllocateInput,
    provider: AllocateCommand,
  },
];
