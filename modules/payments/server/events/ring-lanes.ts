import { closeLaneId } from '@komplat/billing/contract/close-workflows';
import type { EventHandler } from '@komplat/plugin-api';
import { Database } from '@komplat/server';
import { ProcessClient } from '@komplat/temporal/server';
import { Inject, Injectable } from '@nestjs/common';

/** The lanes that may wait for a gate of ours look again at once; a lane without a process is not disturbed. */
@Injectable()
export class RingLanes implements EventHandler {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ProcessClient) private readonly processes: ProcessClient,
  ) {}

  async handle(): Promise<void> {
    const lanes = await this.database.query<{ month: string; provider: string }>(
      `select to_char(l.period, 'YYYY-MM') as month, p.code as provider
       from platform.period_lane l join tariffs.pub_provider_v1 p on p.id = l.provider_id
       where l.state = 'open' and l.period <= platform.current_period() order by l.period, p.code`,
    );
    for (const { month, provider } of lanes) await this.processes.ring(closeLaneId(month, provider));
  }
}
