import { writeFile } from 'node:fs/promises';
import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { DomainError, Period, zDay, zPeriod } from '@komplat/kernel';
import type { AccountRange, Command, CommandContext, CommandDef, Law, ModulePlugin } from '@komplat/plugin-api';
import { Database, PLUGINS, sha256 } from '@komplat/server';
import { z } from 'zod';
import { CardQuery } from '../../contract/card.schema.ts';
import { BILLING_PERMISSIONS as P } from '../../contract/permissions.ts';
import { TurnoverGroup } from '../../contract/turnover.schema.ts';
import { CardService } from '../services/card.service.ts';
import { TurnoverFile } from '../services/turnover-file.ts';
import { TurnoverService } from '../services/turnover.service.ts';
import { compareCommand, CompareCommand } from './compare.command.ts';

export const CardInput = z.object({
  account: z.string().describe('number of the account, 10 digits'),
  months: z
    .string()
    .regex(/^\d{1,3}$/)
    .default('12')
    .describe('how many months'),
  on: zDay.optional().describe('as of a day, 2026-11-01; now when absent'),
  knownOn: zDay.optional().describe('as it was known at the end of a day; now when absent'),
});
/** `komplat card ACCOUNT [--on DAY] [--known-on DAY]`: what the card page shows. */
@Injectable()
export class CardCommand implements Command {
  constructor(@Inject(CardService) private readonly cards: CardService) {}

  async run(input: unknown, { actor }: CommandContext): Promise<unknown> {
    const { account, months, on: asOf, knownOn: knownAt } = CardInput.parse(input);
    return this.cards.card(account.replaceAll(/\s/g, ''), CardQuery.parse({ months, asOf, knownAt }), actor);
  }
}

export const LawsInput = z.object({
  month: zPeriod.optional().describe('one month; the whole base when absent'),
  accounts: z
    .string()
    .regex(/^\d{1,7}(-\d{1,7})?$/)
    .optional()
    .describe('running numbers of accounts, first and last: 1-5000; all when absent'),
});
const LAWS_AT_ONCE = 2;

/** `komplat laws`: all laws of all modules with counts of what was checked and what is broken. */
@Injectable()
export class LawsCommand implements Command {
  constructor(
    @Inject(ModuleRef) private readonly refs: ModuleRef,
    @Inject(PLUGINS) private readonly plugins: readonly ModulePlugin[],
  ) {}

  async run(input: unknown, { note }: CommandContext): Promise<unknown> {
    const { month, accounts } = LawsInput.parse(input);
    const range = accounts === undefined ? undefined : rangeOf(accounts);
    const definitions = this.plugins.flatMap((plugin) => plugin.laws ?? []);
    const laws: { id: string; checked: number; violations: number }[] = [];
    const waiting = definitions.values();
    const work = Array.from({ length: LAWS_AT_ONCE }, async () => {
      for (const { code, provider } of waiting) {
        const started = performance.now();
        const result = await this.refs.get<Law>(provider, { strict: false }).check(month, range);
        note(`${code} ${result.checked} ${result.violations} ${((performance.now() - started) / 1000).toFixed(1)} s`);
        laws.push({ id: code, ...result });
      }
    });
    await Promise.all(work);
    return { laws: laws.toSorted((a, b) => numberOf(a.id) - numberOf(b.id)) };
  }
}
const numberOf = (code: string): number => Number.parseInt(code.replace(/\D/g, ''), 10);

function rangeOf(text: string): AccountRange {
  const [from = 0, to = from] = text.split('-').map(Number);
  return { from, to };
}

export const DigestInput = z.object({ month: zPeriod });
/** `komplat digest MONTH`: the digest of every lane, counted now, and of the month. */
@Injectable()
export class DigestCommand implements Command {
  constructor(@Inject(Database) private readonly database: Database) {}

  async run(input: unknown): Promise<unknown> {
    const { month } = DigestInput.parse(input);
    const lanes = await this.database.transaction(async (tx) => {
      await tx.query('set local statement_timeout = 0');
      return tx.query<{ provider: string; state: string; digest: string }>(
        `select p.code as provider, l.state, billing.lane_digest(l.period, l.provider_id) as digest
         from platform.period_lane l join tariffs.pub_provider_v1 p on p.id = l.provider_id where l.period = $1 order by p.code collate "C"`,
        [Period.parse(month).firstDay],
      );
    });
    return { month, digest: sha256(lanes.map((lane) => `${lane.provider}|${lane.digest}`).join('\n')), lanes };
  }
}

export const RebuildInput = z.object({
  check: z.union([z.boolean(), z.string()]).default(true).describe('compare only'),
});
/** `komplat rebuild --check`: balances rebuilt from lines and allocations, compared with the stored ones. */
@Injectable()
export class RebuildCommand implements Command {
  constructor(
    @Inject(ModuleRef) private readonly refs: ModuleRef,
    @Inject(PLUGINS) private readonly plugins: readonly ModulePlugin[],
  ) {}

  async run(input: unknown): Promise<unknown> {
    RebuildInput.parse(input);
    const rebuilt = this.plugins
      .flatMap((plugin) => plugin.laws ?? [])
      .filter(({ code }) => code === 'L1' || code === 'L7');
    const results = await Promise.all(
      rebuilt.map(({ provider }) => this.refs.get<Law>(provider, { strict: false }).check()),
    );
    const differences = results.reduce((sum, { violations }) => sum + violations, 0);
    if (differences > 0) throw new DomainError('billing.rebuild.differs', { differences });
    return { checked: results.reduce((sum, { checked }) => sum + checked, 0), differences };
  }
}

export const TurnoverInput = z.object({
  month: zPeriod,
  format: z.enum(['xlsx', 'csv', 'dbf']).default('xlsx'),
  out: z.string().min(1).describe('file to write'),
  groupBy: TurnoverGroup.default('service'),
  provider: z.string().optional(),
});
/** `komplat register turnover --month M --format xlsx|csv|dbf --out FILE` */
@Injectable()
export class TurnoverCommand implements Command {
  constructor(
    @Inject(TurnoverService) private readonly turnovers: TurnoverService,
    @Inject(TurnoverFile) private readonly files: TurnoverFile,
  ) {}

  async run(input: unknown, { actor }: CommandContext): Promise<unknown> {
    const { month, format, out, groupBy, provider } = TurnoverInput.parse(input);
    const turnover = await this.turnovers.turnover(
      { period: month, groupBy, ...(provider === undefined ? {} : { provider }) },
      actor,
    );
    const bytes =
      format === 'dbf'
        ? this.files.dbf(turnover)
        : format === 'csv'
          ? await this.files.csv(turnover, 'uk')
          : await this.files.xlsx(turnover, 'uk');
    await writeFile(out, bytes);
    return {
      register: 'turnover',
      month,
      rows: turnover.rows.length,
      totals: turnover.totals,
      out,
      hash: sha256(bytes),
    };
  }
}

export const ledgerCommands: readonly CommandDef[] = [
  compareCommand,
  {
    id: 'billing.card-command',
    words: 'card',
    title: 'billing.command.card',
    permission: P.cardRead.id,
    args: ['account'],
    input: CardInput,
    provider: CardCommand,
  },
  {
    id: 'billing.laws-command',
    words: 'laws',
    title: 'billing.command.laws',
    permission: P.closeRead.id,
    input: LawsInput,
    provider: LawsCommand,
  },
  {
    id: 'billing.digest-command',
    words: 'digest',
    title: 'billing.command.digest',
    permission: P.closeRead.id,
    args: ['month'],
    input: DigestInput,
    provider: DigestCommand,
  },
  {
    id: 'billing.rebuild-command',
    words: 'rebuild',
    title: 'billing.command.rebuild',
    permission: P.closeRead.id,
    input: RebuildInput,
    provider: RebuildCommand,
  },
  {
    id: 'billing.turnover-command',
    words: 'register turnover',
    title: 'billing.command.turnover',
    permission: P.turnoverRead.id,
    input: TurnoverInput,
    provider: TurnoverCommand,
  },
];
export const LEDGER_COMMANDS = [CompareCommand, CardCommand, LawsCommand, DigestCommand, RebuildCommand, TurnoverCommand];
