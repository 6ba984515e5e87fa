import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { HomeQueue, HomeQueueDef, ModulePlugin } from '@komplat/plugin-api';
import { type Actor, Database, may, PLUGINS } from '@komplat/server';
import type { Home } from '../../contract/home.schema.ts';

/** First page of each role: of every module what waits for the person. */
@Injectable()
export class HomeService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ModuleRef) private readonly refs: ModuleRef,
    @Inject(PLUGINS) private readonly plugins: readonly ModulePlugin[],
  ) {}

  async home(actor: Actor): Promise<Home> {
    const mine = this.plugins.flatMap(({ homeQueues }) => homeQueues ?? []).filter(({ permission }) => may(actor, permission));
    const queues = await Promise.all(mine.map((queue) => this.queue(queue, actor)));
    const urgentFirst = queues.toSorted((left, right) => Number(right.urgent) - Number(left.urgent));
    return { queues: urgentFirst, lanes: may(actor, 'billing.close.read') ? await this.lanes() : [] };
  }

  private async queue({ id, title, href, urgent, provider }: HomeQueueDef, actor: Actor): Promise<Home['queues'][number]> {
    const { count, items } = await this.refs.get<HomeQueue>(provider, { strict: false }).waiting(actor);
    return {
      key: id,
      title: { key: title, params: {} },
      count,
      href,
      urgent,
      items: items.map((item) => ({ ...item, title: { ...item.title }, at: item.at?.toISOString() ?? null, due: item.due ?? null })),
    };
  }

  private lanes(): Promise<Home['lanes']> {
    return this.database.query(
      `select to_char(period, 'YYYY-MM') as period, state, count(*)::int as count from platform.period_lane
       where period between platform.current_period() - interval '1 month' and platform.current_period() group by 1, 2 order by 1 desc, 2`,
    );
  }
}
