import { buildBundle } from './bundle.ts';

process.stdout.write(`${await buildBundle()}\n`);
