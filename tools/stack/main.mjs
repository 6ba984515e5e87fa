// The commands, on the product's own Node.
import { StackError } from './util.mjs';

const usage = `Commands:
  npm start                      the whole site, in the foreground
  npm stop                       ends a site that runs
  npm run status                 what runs, with pids and ports
  npm test                       all tests, on servers of their own
  npm run reset                  removes the state of this checkout (.komplat)
  npm run stack -- up|down|reset [site|test|bench]
  npm run stack -- status`;

async function stack([action, instance = 'site']) {
  const { up, down, reset, status } = await import('./up.mjs');
  if (action === 'up') await up(instance);
  else if (action === 'down') await down(instance);
  else if (action === 'reset') await reset(instance);
  else if (action === 'status') process.stdout.write(`${status()}\n`);
  else throw new StackError(usage);
}

const commands = {
  start: async () => (await import('./start.mjs')).start(),
  stop: async () => (await import('./start.mjs')).stop(),
  test: async () => (await import('./test-run.mjs')).test(),
  status: async () => process.stdout.write(`${(await import('./up.mjs')).status()}\n`),
  reset: async () => (await import('./up.mjs')).reset(),
  stack: (args) => stack(args),
};

const [name, ...args] = process.argv.slice(2);
try {
  const command = commands[name];
  if (!command) throw new StackError(usage);
  const code = await command(args);
  process.exit(typeof code === 'number' ? code : 0);
} catch (error) {
  process.stderr.write(`${error instanceof StackError ? error.message : error.stack}\n`);
  process.exit(1);
}
