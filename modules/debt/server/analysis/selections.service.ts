import { DomainError, notFound } from '@komplat/kernel';
import { type Actor, audit, Database, uuid7 } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { NewSelection, SelectionItem, SelectionList } from '../../contract/analysis.schema.ts';

const MOST = 50;

/** Filters that a person keeps under names: of any list of the product, named by its path; nobody else sees them. */
@Injectable()
export class Selections {
  constructor(@Inject(Database) private readonly database: Database) {}

  async list(list: string, actor: Actor): Promise<SelectionList> {
    const items = await this.database.query<SelectionItem>(
      'select id, name, filter from debt.selection where owner = $1 and list = $2 order by name',
      [actor.login, list],
    );
    return { items };
  }

  /** The same name again takes the new filter. Refuses `debt.selection.too-many`. */
  async keep({ list, name, filter }: NewSelection, actor: Actor): Promise<SelectionItem> {
    return this.database.transaction(async (tx) => {
      const kept = await tx.query<{ name: string }>('select name from debt.selection where owner = $1 and list = $2', [actor.login, list]);
      if (kept.length >= MOST && !kept.some((each) => each.name === name)) throw new DomainError('debt.selection.too-many', { most: MOST });
      const [row] = await tx.query<SelectionItem>(
        `insert into debt.selection (id, owner, list, name, filter) values ($1, $2, $3, $4, $5)
         on conflict (owner, list, name) do update set filter = excluded.filter returning id, name, filter`,
        [uuid7(), actor.login, list, name, JSON.stringify(filter)],
      );
      if (!row) throw notFound('debt.selection.unknown');
      await audit(tx, { actor, action: 'debt.selection.keep', subject: `selection/${row.id}` });
      return row;
    });
  }

  async remove(id: string, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const gone = await tx.query('delete from debt.selection where id = $1 and owner = $2 returning id', [id, actor.login]);
      if (gone.length === 0) throw notFound('debt.selection.unknown', { id });
      await audit(tx, { actor, action: 'debt.selection.remove', subject: `selection/${id}` });
    });
  }
}
