import { readCatalogue } from '@komplat/all/messages';
import { plugins } from '@komplat/all/server';
import { compose, type Command } from '@komplat/plugin-api';
import { PlatformModule, systemActor } from '@komplat/server';
import { testDatabase, type TestDatabase, testEnv, testPlatformEnv } from '@komplat/testing';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

export interface BillCity {
  readonly app: INestApplicationContext;
  readonly database: TestDatabase;
  close(): Promise<void>;
}

/** The demonstration city with all modules in this process. */
export async function billCity(options: { readonly accounts: number; readonly months: number }): Promise<BillCity> {
  process.env['CHROMIUM_BIN'] ??= testEnv()['CHROMIUM_BIN'];
  const database = await testDatabase(plugins);
  const composition = compose(plugins);
  const catalogue = readCatalogue(plugins.map(({ id }) => id));
  const platform = PlatformModule.with({ name: 'bills', env: testPlatformEnv(database), composition, catalogue });
  class Root {}
  Module({ imports: [platform, ...composition.order.map(({ nest }) => nest.core)] })(Root);
  const app = await NestFactory.createApplicationContext(Root, { logger: false, abortOnError: false });
  const create = composition.order.flatMap(({ commands = [] }) => commands).find(({ words }) => words === 'city create');
  if (!create) throw new Error('no command makes the city');
  const command = app.get<Command>(create.provider, { strict: false });
  await command.run({ ...options, seed: 7, current: '2026-11' }, { actor: systemActor('test'), note: () => undefined });
  return {
    app,
    database,
    close: async () => {
      await app.close();
      await database.drop();
    },
  };
}
