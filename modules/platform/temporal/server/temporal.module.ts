import { Global, Module } from '@nestjs/common';
import { readTemporalConfig } from './config.ts';
import { ProcessClient } from './process-client.ts';

/** Makes `ProcessClient` injectable; a module that has processes imports it. The host of workers is `@komplat/temporal/worker`. */
@Global()
@Module({
  providers: [{ provide: ProcessClient, useFactory: () => new ProcessClient(() => readTemporalConfig(process.env)) }],
  exports: [ProcessClient],
})
export class TemporalModule {}
