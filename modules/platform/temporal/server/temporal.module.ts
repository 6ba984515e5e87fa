import { Global, Module } from '@nestjs/common';
import { readTemporalConfig } from './config.ts';
import { ProcessClient } from './process-client.ts';
import { WorkerHost } from './worker-host.ts';

/** Makes `ProcessClient` injectable, and in the worker `WorkerHost`; a module that has processes imports it. */
@Global()
@Module({
  providers: [
    { provide: ProcessClient, useFactory: () => new ProcessClient(() => readTemporalConfig(process.env)) },
    WorkerHost,
  ],
  exports: [ProcessClient, WorkerHost],
})
export class TemporalModule {}
