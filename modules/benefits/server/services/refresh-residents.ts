import type { EventHandler } from '@komplat/plugin-api';
import { Database, firstTime } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';

const Changed = z.object({ accountId: z.number().int() });

/** The facts of a card changed: who lives there decides who stands under a benefit. */
@Injectable()
export class RefreshResidents implements EventHandler {
  constructor(@Inject(Database) private readonly database: Database) {}

  async handle({ id, payload }: { readonly id: string; readonly payload: unknown }): Promise<void> {
    const { accountId } = Changed.parse(payload);
    await this.database.transaction(async (tx) => {
      if (await firstTime(tx, 'benefits.refresh-residents', id)) await tx.query('select benefits.refresh_entitlement(array[$1::int])', [accountId]);
    });
  }
}
