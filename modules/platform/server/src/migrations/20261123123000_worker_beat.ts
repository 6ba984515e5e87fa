import { Migration } from '@mikro-orm/migrations';

const TABLES = `
create table platform.worker_beat (
  worker uuid not null primary key,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now()
);
`;

export class PlatformWorkerBeat extends Migration {
  up(): void {
    this.addSql(TABLES);
  }
}
