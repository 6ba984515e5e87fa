import type { DemoCity, DemoData } from '@komplat/plugin-api';
import { cityTable, Database, uuid7 } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';

/** An invented settlement of the invented region, so that a territory with a moratorium can be seen. */
const SETTLEMENT = { code: 'UA99020030010054321', name: 'Калинівка (умовна)', houses: 3 };
const DECISION = 'демонстраційне місто';
const LIST = 'умовний перелік територій, для демонстрації';

/** Where the demonstration city lies, and three of its houses under a moratorium of their territory. */
@Injectable()
export class DebtDemo implements DemoData {
  constructor(@Inject(Database) private readonly database: Database) {}

  async create(city: DemoCity): Promise<void> {
    const facts = new Map(cityTable('city').map((row) => [row.text('key'), row.text('value')]));
    const own = facts.get('katottg') ?? '';
    await this.database.transaction(async (tx) => {
      await tx.query(`insert into debt.territory (code, name, source) select * from unnest($1::text[], $2::text[], $3::text[])`, [
        [own, SETTLEMENT.code], [facts.get('name') ?? '', SETTLEMENT.name], [DECISION, LIST],
      ]);
      await tx.query(
        `insert into debt.place (id, territory, valid, decision, recorded_by) values ($1, $2, '[1991-01-01,)', $3, 'demo')`,
        [uuid7(), own, DECISION],
      );
      await tx.query(
        `insert into debt.place (id, house_id, territory, valid, decision, recorded_by)
         select gen_random_uuid(), h.house_id, $1, '[1991-01-01,)', $2, 'demo'
         from (select distinct house_id from registry.pub_address_v1 order by house_id desc limit $3) h`,
        [SETTLEMENT.code, DECISION, SETTLEMENT.houses],
      );
      await tx.query(
        `insert into debt.moratorium (territory, kind, period, ground, act, mark)
         select $1, kind, '[2022-02-24,)', 'територія бойових дій', $2, 'proposal' from unnest(array['penalty', 'inflation-interest', 'disconnection']) kind`,
        [SETTLEMENT.code, LIST],
      );
    });
    city.note(`debt: ${SETTLEMENT.houses} houses under a moratorium of their territory`);
  }
}
