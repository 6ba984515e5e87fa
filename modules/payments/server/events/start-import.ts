import type { EventHandler } from '@komplat/plugin-api';
import { ProcessClient } from '@komplat/temporal/server';
import { Inject, Injectable } from '@nestjs/common';
import { importUploaded } from '../../contract/events.ts';
import type { StatementImportInput } from '../../contract/workflows.ts';
import { PAYMENTS_QUEUE, STATEMENT_IMPORT, statementImportId } from '../../contract/workflows.ts';

/** A stored file gets its process, and a decision rings it; a repeat is harmless. */
@Injectable()
export class StartImport implements EventHandler {
  constructor(@Inject(ProcessClient) private readonly processes: ProcessClient) {}

  async handle(event: { readonly payload: unknown }): Promise<void> {
    const { importId, startedBy } = importUploaded.schema.parse(event.payload);
    const input: StatementImportInput = { v: 1, importId, startedBy };
    await this.processes.ringOrStart(STATEMENT_IMPORT, statementImportId(importId), PAYMENTS_QUEUE, [input], startedBy);
  }
}
