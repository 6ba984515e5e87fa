// First step of every command: plain JavaScript for Node 20 without dependencies. Brings the packages and the servers'
// programs, then gives the command to main.mjs on the product's own Node.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { buildKeycloak } from './keycloak.mjs';
import { productNodePath, root } from './paths.mjs';
import * as pins from './pins.mjs';
import { resolveKeycloak, resolveTemporal } from './resolve.mjs';
import { endRunning, StackError } from './util.mjs';

const needsServers = (args) => ['start', 'test'].includes(args[0]) || (args[0] === 'stack' && args[1] === 'up');

/** The long ones go on while npm works; what fails here is told again, with its reason, when it is needed. */
function fetchEarly(args) {
  if (!needsServers(args)) return [];
  return [
    process.env.TEMPORAL_ADDRESS && process.env.TEMPORAL_BIN ? undefined : resolveTemporal().catch(() => undefined),
    process.env.KEYCLOAK_URL ? undefined : resolveKeycloak(buildKeycloak).catch(() => undefined),
  ];
}

function handOver(args) {
  const main = fileURLToPath(new URL('./main.mjs', import.meta.url));
  const child = spawn(productNodePath, [main, ...args], { cwd: root, stdio: 'inherit' });
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name));
  return new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}

async function bootstrap(args) {
  if (Number(process.versions.node.split('.')[0]) < pins.bootstrapNode) {
    throw new StackError(`Node ${pins.bootstrapNode} or newer is needed to begin; this is ${process.versions.node}`);
  }
  if (process.platform !== 'linux')
    throw new StackError('The stack runs on Linux; use a virtual machine or WSL elsewhere');
  const install = ensureInstalled();
  await Promise.all([install, ...((await needsInstall(install)) ? fetchEarly(args) : [])]);
  return handOver(args);
}

/** True when the packages are not there within a moment, so there is time to use. */
function needsInstall(install) {
  return Promise.race([install.then(() => false), new Promise((resolve) => setTimeout(resolve, 500, true))]);
}

try {
  process.exitCode = await bootstrap(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof StackError ? error.message : error.stack}\n`);
  endRunning();
  process.exit(1);
}
