import { defineEntity, p } from '@mikro-orm/core';

const Rule = defineEntity({
  name: 'RestructuringRule',
  schema: 'restructuring',
  tableName: 'rule',
  properties: {
    id: p.smallint().primary().autoincrement(false),
    name: p.text(),
    value: p.decimal().columnType('numeric(9,4)'),
    act: p.text(),
    mark: p.text(),
    valid: p.string().columnType('daterange'),
  },
});

/** Tables of the module as the ORM sees them: compared with the database after every migration. */
export const restructuringEntities = [Rule] as const;
