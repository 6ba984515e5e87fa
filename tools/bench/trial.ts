import 'reflect-metadata';
import { LOAD } from './close-load.ts';
import { benchDatabase, psql } from './server.ts';
const n = Number(process.argv[2] ?? 20000);
const bench = await benchDatabase('bench_close');
console.log('generate', psql(bench.urls.admin, 'close/generate.sql', { n }));
await bench.owner.query('delete from b.benefit');
for (const [name, sql] of LOAD) { const s = performance.now(); await bench.owner.query(sql); console.log(name, Math.round(performance.now()-s)); }
await bench.owner.query('vacuum analyze');
await bench.end();
