// Usage: with-env.mjs CMD…: runs a program with the environment of an instance (KOMPLAT_INSTANCE, default: site)
// on the product's own Node. Runs on Node 20 without dependencies.
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { loadEnvironment } from './env.mjs';
import { instancePaths, productNodePath, root } from './paths.mjs';
import { StackError } from './util.mjs';

const [command, ...args] = process.argv.slice(2);
try {
  if (!command) throw new StackError('Usage: with-env.mjs CMD…');
  const environment = loadEnvironment(instancePaths(process.env.KOMPLAT_INSTANCE || 'site'));
  const PATH = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const child = spawn(command === 'node' ? productNodePath : command, args, {
    stdio: 'inherit',
    env: { ...process.env, ...environment, PATH },
  });
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name));
  child.on('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 127;
  });
  child.on('exit', (code, signal) => (process.exitCode = signal ? 1 : (code ?? 1)));
} catch (error) {
  process.stderr.write(`${error instanceof StackError ? error.message : error.stack}\n`);
  process.exitCode = 1;
}
