import type { Readable } from 'node:stream';
import { listFile } from '@komplat/documents';
import { Dec, formatAccount } from '@komplat/kernel';
import { type Actor, Database, type ListDef, type Locale, Messages, readList, readWholeList } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type {
  MissingFileQuery,
  MissingQuery,
  MissingReading,
  MissingReadings,
  Reminder,
  Reminders,
  RemindersFileQuery,
  RemindersQuery,
} from '../../contract/meter.schema.ts';
import { missingSql, reminderSql } from './meter-sql.ts';
import { seenParams, seenSql } from './seen.ts';

interface ReminderRow extends Omit<Reminder, 'verificationDue'> {
  readonly due: string;
}
interface MissingRow extends Omit<MissingReading, 'lastMonth'> {
  readonly last_period: string | null;
}
const ID = { column: 'id', type: 'int4' } as const;
const COMMON = {
  account: { column: 'account', type: 'text' },
  address: { column: 'address', type: 'text' },
  service: { column: 'service', type: 'text' },
  serial: { column: 'serial', type: 'text' },
} as const;
const REMINDERS: ListDef = {
  sql: reminderSql(seenSql(4)),
  id: ID,
  sorts: { ...COMMON, due: { column: 'due', type: 'date' } },
  first: 'due',
};
const MISSING: ListDef = {
  sql: missingSql(seenSql(4)),
  id: ID,
  sorts: { ...COMMON, months: { column: 'months', type: 'int4' }, basis: { column: 'basis', type: 'text' } },
  first: '-months',
};
const reminderOf = ({ due, ...row }: ReminderRow): Reminder => ({ ...row, verificationDue: due });
const missingOf = ({ last_period: month, ...row }: MissingRow): MissingReading => ({
  ...row,
  last: row.last === null ? null : new Dec(row.last).toString(),
  lastMonth: month?.slice(0, 7) ?? null,
});

/** Work lists of metering: verifications that are due, and meters of a lane that were not read. */
@Injectable()
export class MeterLists {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  async reminders({ state, service, q, ...ask }: RemindersQuery, actor: Actor): Promise<Reminders> {
    const params = [state ?? null, service ?? null, q ?? null, ...seenParams(actor)];
    const { rows, ...rest } = await readList<ReminderRow>(this.database, REMINDERS, params, ask);
    return { items: rows.map(reminderOf), ...rest };
  }

  async missing({ provider, period, q, ...ask }: MissingQuery, actor: Actor): Promise<MissingReadings> {
    const params = [provider, `${period}-01`, q ?? null, ...seenParams(actor)];
    const { rows, ...rest } = await readList<MissingRow>(this.database, MISSING, params, ask);
    return { items: rows.map(missingOf), ...rest };
  }

  remindersFile(query: RemindersFileQuery, actor: Actor, locale: Locale): Readable {
    const say = this.sayer(locale);
    const params = [query.state ?? null, query.service ?? null, query.q ?? null, ...seenParams(actor)];
    return listFile<ReminderRow, Reminder>(
      {
        ask: query,
        by: actor.fullName,
        say: (key, values = {}) => this.messages.text(locale, key, values),
        title: say('reminders.title'),
        filter: [query.state && say(`reminders.${query.state}`), query.service, query.q],
        toRow: reminderOf,
        columns: [
          { key: 'due', title: say('due'), kind: 'day', value: (row) => row.verificationDue },
          {
            key: 'account',
            title: say('account'),
            kind: 'text',
            width: 14,
            value: (row) => formatAccount(row.account),
          },
          { key: 'address', title: say('address'), kind: 'text', width: 40, value: (row) => row.address },
          { key: 'service', title: say('service'), kind: 'text', value: (row) => row.serviceName },
          { key: 'serial', title: say('serial'), kind: 'text', value: (row) => row.serial },
        ],
      },
      (work) =>
        readWholeList<ReminderRow>(
          this.database,
          REMINDERS,
          params,
          query,
          { actor, subject: 'metering/meters' },
          work,
        ),
    );
  }

  missingFile(query: MissingFileQuery, actor: Actor, locale: Locale): Readable {
    const say = this.sayer(locale);
    const params = [query.provider, `${query.period}-01`, query.q ?? null, ...seenParams(actor)];
    return listFile<MissingRow, MissingReading>(
      {
        ask: query,
        by: actor.fullName,
        say: (key, values = {}) => this.messages.text(locale, key, values),
        title: say('missing.title'),
        filter: [query.provider, query.period, query.q],
        toRow: missingOf,
        columns: [
          {
            key: 'account',
            title: say('account'),
            kind: 'text',
            width: 14,
            value: (row) => formatAccount(row.account),
          },
          { key: 'address', title: say('address'), kind: 'text', width: 40, value: (row) => row.address },
          { key: 'service', title: say('service'), kind: 'text', value: (row) => row.serviceName },
          { key: 'serial', title: say('serial'), kind: 'text', value: (row) => row.serial },
          { key: 'last', title: say('missing.last'), kind: 'text', value: (row) => row.last },
          { key: 'months', title: say('missing.months'), kind: 'integer', value: (row) => row.months },
          {
            key: 'basis',
            title: say('missing.basis'),
            kind: 'text',
            width: 24,
            value: (row) => say(`basis.${row.basis}`),
          },
        ],
      },
      (work) =>
        readWholeList<MissingRow>(this.database, MISSING, params, query, { actor, subject: 'metering/missing' }, work),
    );
  }

  private sayer(locale: Locale): (key: string) => string {
    return (key) => this.messages.text(locale, `metering.ui.${key}`, {});
  }
}
