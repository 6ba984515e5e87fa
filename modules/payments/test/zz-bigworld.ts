import 'reflect-metadata';
import { plugins } from '@komplat/all/server';
import { testDatabase } from '@komplat/testing';
import { buildWorld } from '/work/main/modules/payments/test/world.ts';
const d = await testDatabase(plugins);
await buildWorld(d.owner, 20000);
console.log(d.name);
process.exit(0);
