import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@komplat/kernel';
import type { Command, CommandDef } from '@komplat/plugin-api';
import { AuditSealer } from '@komplat/server';
import { z } from 'zod';
import { ADMINISTRATION_PERMISSIONS as P } from '../../contract/permissions.ts';

const Nothing = z.strictObject({});

/** `komplat audit seal`: what the worker does by itself every minute. */
@Injectable()
export class AuditSealCommand implements Command {
  constructor(@Inject(AuditSealer) private readonly sealer: AuditSealer) {}

  async run(): Promise<unknown> {
    const ranges = await this.sealer.seal();
    return { sealed: ranges.map(({ from, to, rows }) => ({ from: from.toString(), to: to.toString(), rows })) };
  }
}

/** `komplat audit verify`: every seal counted again from the rows; ends with an error when one does not fit. */
@Injectable()
export class AuditVerifyCommand implements Command {
  constructor(@Inject(AuditSealer) private readonly sealer: AuditSealer) {}

  async run(_input: unknown, { note }: Parameters<Command['run']>[1]): Promise<unknown> {
    const { seals, rows, breaches } = await this.sealer.verify();
    for (const { seal, from, to, what } of breaches) note(`seal ${seal}, audit rows ${from} to ${to}: ${what}`);
    const [first] = breaches;
    if (first) {
      const params = { count: breaches.length, from: first.from.toString(), to: first.to.toString() };
      throw new DomainError('administration.audit.seal-broken', params, 409);
    }
    return { seals, rows, broken: 0 };
  }
}

export const AUDIT_COMMANDS: readonly CommandDef[] = [
  {
    id: 'administration.audit-seal', words: 'audit seal', title: 'administration.command.audit-seal', permission: P.auditRead.id,
    input: Nothing, provider: AuditSealCommand,
  },
  {
    id: 'administration.audit-verify', words: 'audit verify', title: 'administration.command.audit-verify', permission: P.auditRead.id,
    input: Nothing, provider: AuditVerifyCommand,
  },
];
export const AUDIT_COMMAND_PROVIDERS = [AuditSealCommand, AuditVerifyCommand];
