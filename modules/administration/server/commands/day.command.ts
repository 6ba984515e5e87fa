import { Inject, Injectable } from '@nestjs/common';
import { DomainError, zDay } from '@komplat/kernel';
import type { Command, CommandContext, CommandDef } from '@komplat/plugin-api';
import { audit, Database, PROFILE } from '@komplat/server';
import { z } from 'zod';
import { ADMINISTRATION_PERMISSIONS } from '../../contract/permissions.ts';

const DayInput = z.strictObject({ to: zDay });

/**
 * `day 2026-12-04`: moves the operating day of a training site forward, so that a learner can go on with the month close.
 * On a working site the day is moved by its schedule at midnight of the city.
 */
@Injectable()
export class DayCommand implements Command {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PROFILE) private readonly profile: string,
  ) {}

  async run(input: unknown, { actor }: CommandContext): Promise<{ readonly from: string; readonly to: string }> {
    const { to } = DayInput.parse(input);
    if (this.profile !== 'training') throw new DomainError('administration.day.training-only', {});
    return this.database.transaction(async (tx) => {
      const [open] = await tx.query<{ day: string }>("select day from platform.operating_day where state = 'open' for update");
      if (!open) throw new DomainError('administration.no-operating-day', {}, 503);
      if (to <= open.day) throw new DomainError('administration.day.only-forward', { day: open.day });
      await tx.query("update platform.operating_day set state = 'closed' where day = $1", [open.day]);
      await tx.query("insert into platform.operating_day (day, state) values ($1, 'open')", [to]);
      await tx.query(
        `select platform.ensure_lanes(date_trunc('month', $1::date)::date, (date_trunc('month', $1::date) + interval '2 months')::date,
           array_agg(distinct l.provider_id)) from platform.period_lane l where l.period >= date_trunc('month', $2::date)`,
        [to, open.day],
      );
      await audit(tx, { actor, action: 'administration.day.move', subject: `day/${to}`, before: open.day, after: to });
      return { from: open.day, to };
    });
  }
}

export const dayMove: CommandDef = {
  id: 'administration.day-move',
  words: 'day',
  title: 'administration.command.day',
  permission: ADMINISTRATION_PERMISSIONS.processControl.id,
  args: ['to'],
  input: DayInput,
  provider: DayCommand,
};
