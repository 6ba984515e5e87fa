import { Migration } from '@mikro-orm/migrations';

const TABLES = `
-- Certificates of the state of payments: what was handed out, as it was. The PDF is made again from the content and is the same.
create table billing.certificate (
  id uuid not null primary key,
  number text not null unique,
  code text not null unique check (code ~ '^[0-9A-HJKMNP-TV-Z]{12}$'),
  account_id int not null,
  as_of date not null,
  balance_kop bigint not null,
  content jsonb not null,
  sha256 text not null,
  purpose text not null check (length(purpose) between 3 and 200),
  issued_on date not null,
  issued_at timestamptz not null default now(),
  issued_by text not null
);
comment on table billing.certificate is 'append-only';
create index certificate_account on billing.certificate (account_id, issued_at desc);
create trigger certificate_fixed before update or delete or truncate on billing.certificate
  for each statement execute function platform.refuse_change();

-- The next number of a year: 2026-000017. Held until the end of the transaction, so numbers have no gaps.
create function billing.next_certificate(p_year int) returns text language plpgsql as $$
  declare v_last int;
  begin
    perform pg_advisory_xact_lock(731150000 + p_year);
    select coalesce(max(split_part(c.number, '-', 2)::int), 0) into v_last from billing.certificate c where c.number like p_year || '-%';
    return p_year || '-' || lpad((v_last + 1)::text, 6, '0');
  end $$;
`;

/** Creates the book of certificates. */
export class BillingCertificates extends Migration {
  up(): void {
    this.addSql(TABLES);
  }
}
