import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { TemporalConfig } from './config.ts';
import { ProcessClient } from './process-client.ts';
import { WorkerHost } from './worker-host.ts';

/** Makes `ProcessClient` (and in a worker `WorkerHost`) injectable everywhere. */
@Global()
@Module({})
export class TemporalModule {
  static forClient(config: TemporalConfig): DynamicModule {
    return {
      module: TemporalModule,
      providers: [{ provide: ProcessClient, useFactory: () => new ProcessClient(config) }],
      exports: [ProcessClient],
    };
  }

  static forWorker(config: TemporalConfig): DynamicModule {
    return {
      module: TemporalModule,
      providers: [{ provide: ProcessClient, useFactory: () => new ProcessClient(config) }, WorkerHost],
      exports: [ProcessClient, WorkerHost],
    };
  }
}
