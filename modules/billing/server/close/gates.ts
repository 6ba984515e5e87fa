import type { LaneRef } from '@komplat/billing/contract/close-workflows';
import type { CloseGate, CloseGateDef, ModulePlugin } from '@komplat/plugin-api';
import { Database, PLUGINS, type Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { firstDay } from './lane-store.ts';

export const FAILED_ACCOUNTS_GATE = 'billing.failed-accounts';
export const PREVIOUS_MONTH_GATE = 'billing.previous-month';

/** Measures the gates that modules contribute and keeps the result beside the lane. */
@Injectable()
export class Gates {
  constructor(
    @Inject(PLUGINS) private readonly plugins: readonly ModulePlugin[],
    @Inject(ModuleRef) private readonly refs: ModuleRef,
  ) {}

  definitions(): readonly CloseGateDef[] {
    return this.plugins.flatMap((plugin) => plugin.closeGates ?? []);
  }

  /** Number of red gates that nobody has passed by an exception. Outside of the transaction: a gate may read a lot. */
  async measure(phase: CloseGateDef['phase'], lane: LaneRef): Promise<readonly GateResult[]> {
    const results: GateResult[] = [];
    for (const gate of this.definitions().filter((candidate) => candidate.phase === phase)) {
      const provider: CloseGate = this.refs.get(gate.provider, { strict: false });
      results.push({ id: gate.id, ...(await provider.measure({ providerId: lane.providerId, month: lane.period })) });
    }
    return results;
  }

  /** Stores what was measured; answers how many gates hold the lane. */
  async store(tx: Tx, lane: LaneRef, results: readonly GateResult[]): Promise<number> {
    let red = 0;
    for (const { id, value, limit, green } of results) {
      const [row] = await tx.query<{ passed: boolean }>(
        `insert into billing.close_gate as g (period, provider_id, gate_id, value, gate_limit, green)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (period, provider_id, gate_id) do update set value = excluded.value, gate_limit = excluded.gate_limit,
           green = excluded.green, measured_at = now()
         returning green or exception_approval is not null as passed`,
        [firstDay(lane), lane.providerId, id, Math.trunc(value), Math.trunc(limit), green],
      );
      if (!row?.passed) red += 1;
    }
    return red;
  }
}

export interface GateResult {
  readonly id: string;
  readonly value: number;
  readonly limit: number;
  readonly green: boolean;
}

/** Months close in their order: opening balances are the closing balances of the month before. */
@Injectable()
export class PreviousMonthGate implements CloseGate {
  constructor(@Inject(Database) private readonly database: Database) {}

  async measure({ providerId, month }: { readonly providerId: number; readonly month: string }): Promise<GateMeasure> {
    const [row] = await this.database.query<{ open: number }>(
      `select count(*)::int as open from platform.period_lane where provider_id = $1 and period < $2 and state <> 'locked'`,
      [providerId, `${month}-01`],
    );
    return measured(row?.open ?? 0);
  }
}

/** Accounts that could not be charged: repaired, or each one signed. */
@Injectable()
export class FailedAccountsGate implements CloseGate {
  constructor(@Inject(Database) private readonly database: Database) {}

  async measure({ providerId, month }: { readonly providerId: number; readonly month: string }): Promise<GateMeasure> {
    const [row] = await this.database.query<{ failed: number }>(
      `select count(*)::int as failed from billing.close_exception where provider_id = $1 and period = $2
         and outcome = 'failed' and resolved_at is null and signed_by is null`,
      [providerId, `${month}-01`],
    );
    return measured(row?.failed ?? 0);
  }
}

type GateMeasure = Awaited<ReturnType<CloseGate['measure']>>;
const measured = (value: number): GateMeasure => ({ value, limit: 0, green: value === 0 });
