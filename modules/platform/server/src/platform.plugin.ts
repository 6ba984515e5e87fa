import { Module } from '@nestjs/common';
import { definePlugin } from '@komplat/plugin-api';
import { PlatformInit } from './migrations/20261123080000_init.ts';
import { PlatformReliability } from './migrations/20261123120000_reliability.ts';
import { PlatformWorkerBeat } from './migrations/20261123123000_worker_beat.ts';

@Module({})
class Nothing {}

/** The tables that every module shares: lanes, outbox, audit, approvals, progress, limits, files. */
export const platformPlugin = definePlugin({
  id: 'platform',
  dbSchema: 'platform',
  dependsOn: [],
  nest: { core: Nothing },
  entities: [],
  migrations: [
    { name: 'platform/20261123080000_init', class: PlatformInit },
    { name: 'platform/20261123120000_reliability', class: PlatformReliability },
    { name: 'platform/20261123123000_worker_beat', class: PlatformWorkerBeat },
  ],
  permissions: [],
});
