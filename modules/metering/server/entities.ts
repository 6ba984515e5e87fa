import { defineEntity, p } from '@mikro-orm/core';

const schema = 'metering';

export const Meter = defineEntity({
  name: 'MeteringMeter',
  schema,
  tableName: 'meter',
  properties: {
    id: p.integer().primary().autoincrement(false),
    premisesId: p.integer().fieldName('premises_id'),
    serviceId: p.smallint().fieldName('service_id'),
    serial: p.text(),
    digits: p.smallint(),
    installedOn: p.date().fieldName('installed_on'),
    removedOn: p.date().fieldName('removed_on').nullable(),
    initialValue: p.decimal().columnType('numeric(16,3)').fieldName('initial_value'),
    verificationDue: p.date().fieldName('verification_due').nullable(),
  },
});

export const Reading = defineEntity({
  name: 'MeteringReading',
  schema,
  tableName: 'reading',
  properties: {
    period: p.date().primary(),
    meterId: p.integer().primary().fieldName('meter_id'),
    id: p.bigint().primary(),
    value: p.decimal().columnType('numeric(16,3)'),
    takenOn: p.date().fieldName('taken_on'),
    source: p.text(),
    recordedBy: p.text().fieldName('recorded_by'),
    recordedAt: p.datetime().columnType('timestamptz').fieldName('recorded_at'),
    supersededAt: p.datetime().columnType('timestamptz').fieldName('superseded_at').nullable(),
  },
});

/** Tables of the module as the ORM sees them: compared with the database after every migration. */
export const meteringEntities = [Meter, Reading] as const;
