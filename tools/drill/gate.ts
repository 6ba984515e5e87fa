import type { Database } from '@komplat/server';
import { waitUntil } from '@komplat/testing';

const KEY = 7_311_421;
const SQL = [
  `create schema drill`,
  `create table drill.gate (name text primary key)`,
  `create table drill.passed (name text not null)`,
  `create function drill.pass() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
   declare
     now_at text := case tg_table_name when 'claim_run' then 'run' else to_jsonb(new) ->> 'outcome' end;
   begin
     if tg_op = 'UPDATE' and to_jsonb(old) ->> 'outcome' is not distinct from now_at then return new; end if;
     if exists (select from drill.gate g where g.name = now_at) then perform pg_advisory_xact_lock_shared(${KEY}); end if;
     insert into drill.passed values (now_at);
     return new;
   end $$`,
  `create trigger drill_gate before insert on legal.claim_run for each row execute function drill.pass()`,
  `create trigger drill_gate before insert or update on legal.claim_item for each row execute function drill.pass()`,
];

/**
 * Holds a step of a run of claims in the middle of its write, so that a blow falls inside the transaction. Gates are named by the
 * outcome that an item is about to get; `run` is the run itself.
 */
export class Gate {
  private constructor(private readonly owner: Database) {}

  static async build(owner: Database): Promise<Gate> {
    for (const sql of SQL) await owner.query(sql);
    return new Gate(owner);
  }

  /** `begin` leads to the step; when the step stands at the gate, `blow` falls; then the gate opens. */
  async hold(name: string, begin: () => Promise<unknown>, blow: () => Promise<unknown>): Promise<void> {
    await this.owner.transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock($1)', [KEY]);
      await this.owner.query('insert into drill.gate values ($1)', [name]);
      await begin();
      await waitUntil(`somebody stands at the gate ${name}`, () => this.somebodyWaits(), 90_000, 10);
      await blow();
      await this.owner.query('delete from drill.gate');
    });
  }

  /** How many times the step was done and committed. */
  async passed(name: string): Promise<number> {
    const [row] = await this.owner.query<{ times: number }>('select count(*)::int as times from drill.passed where name = $1', [name]);
    return row?.times ?? 0;
  }

  private async somebodyWaits(): Promise<boolean> {
    const rows = await this.owner.query(
      `select 1 from pg_locks where locktype = 'advisory' and not granted and objid = $1
         and database = (select oid from pg_database where datname = current_database())`,
      [KEY],
    );
    return rows.length > 0;
  }
}
