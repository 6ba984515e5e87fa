import type { EventHandler } from '@komplat/plugin-api';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CheckRunner } from './check-runner.ts';

const OfAccount = z.object({ accountId: z.number().int(), newAccountId: z.number().int().optional(), intoAccountId: z.number().int().optional() });

/** What was changed is checked at once: the account and who shares the change with it. */
@Injectable()
export class CheckOnChange implements EventHandler {
  constructor(@Inject(CheckRunner) private readonly runner: CheckRunner) {}

  async handle(event: { readonly type: string; readonly payload: unknown }): Promise<void> {
    const { accountId, newAccountId, intoAccountId } = OfAccount.parse(event.payload);
    const accounts = [accountId, newAccountId, intoAccountId].filter((id) => id !== undefined);
    await this.runner.run({ accounts, startedBy: `event:${event.type}` });
  }
}
