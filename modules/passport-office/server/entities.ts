import { defineEntity, p } from '@mikro-orm/core';

const FeeRate = defineEntity({
  name: 'PassportOfficeFeeRate',
  schema: 'passport_office',
  tableName: 'fee_rate',
  properties: {
    id: p.smallint().primary().autoincrement(false),
    kind: p.text(),
    percent: p.decimal().columnType('numeric(9,4)'),
    baseKop: p.bigint().fieldName('base_kop').nullable(),
    act: p.text(),
    mark: p.text(),
    valid: p.string().columnType('daterange'),
  },
});

/** Tables of the module as the ORM sees them: compared with the database after every migration. */
export const passportOfficeEntities = [FeeRate] as const;
