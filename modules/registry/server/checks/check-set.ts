import type { DataCheck, DataCheckDef } from '@komplat/plugin-api';
import { Injectable, type Type } from '@nestjs/common';
import { REGISTRY_PERMISSIONS as P } from '../../contract/permissions.ts';

/** A rule over the data as one statement (see `DataCheck.sql`). */
export interface SqlRule {
  readonly severity: DataCheckDef['severity'];
  readonly sql: string;
}

/** Open accounts with their dwelling: what most rules look at. */
export const ACCOUNTS = `(select a.id, a.number, a.premises_id, a.holder_id, a.opened_on, p.house_id, p.kind, p.number as flat, p.floor
    from registry.account a join registry.premises p on p.id = a.premises_id
    where a.closed_on is null and ($1::int[] is null or a.id = any($1)))`;
export const HIT = `'account/' || a.number as subject, a.id as account_id`;
/** Rules about what belongs to no account run over the whole base only. */
export const WHOLE = '$1::int[] is null';
export const TODAY = '(select platform.today())';
export const LIMIT = (code: string): string =>
  `(select warn from registry.rule_limit where code = ${code} and valid @> platform.today())`;

/** Definitions of the plugin and their providers from a table of rules; the title is `registry.check.<name>`. */
export function checkSet(rules: Readonly<Record<string, SqlRule>>): readonly DataCheckDef[] {
  return Object.entries(rules).map(([name, { severity, sql }]) => ({
    id: `registry.${name}`,
    title: `registry.check.${name}`,
    severity,
    ownerPermission: P.findingManage.id,
    provider: sqlCheck(sql),
  }));
}

function sqlCheck(sql: string): Type<DataCheck> {
  @Injectable()
  class SqlCheck implements DataCheck {
    readonly sql = sql;
  }
  return SqlCheck;
}
