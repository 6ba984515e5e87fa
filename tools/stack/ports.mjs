// Choice of ports: the remembered one, else the preferred one, else the next free one.
import { createServer } from 'node:net';
import { readJson, StackError, writeJson } from './util.mjs';

const preferred = {
  portal: 3000,
  api: 3001,
  workerHealth: 3005,
  keycloak: 8080,
  keycloakManagement: 9000,
  temporal: 7233,
  postgres: 54329,
};
const offset = { site: 0, test: 10_000, bench: -2_000 };

export function preferredPorts(instance) {
  return Object.fromEntries(Object.entries(preferred).map(([name, port]) => [name, port + offset[instance]]));
}

export function isFree(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * Ports by name. `running` names servers of ours that hold their port at this moment: they keep it.
 * `free` tells whether a port can be taken.
 */
export async function choosePorts(wanted, remembered, running, free = isFree) {
  const chosen = {};
  const taken = new Set(running.map((name) => remembered[name]).filter((port) => port !== undefined));
  for (const [name, first] of Object.entries(wanted)) {
    if (running.includes(name) && remembered[name] !== undefined) {
      chosen[name] = remembered[name];
      continue;
    }
    const start = remembered[name] ?? first;
    let port = start;
    while (taken.has(port) || !(await free(port))) {
      port += 1;
      if (port > 65_535 || port > start + 200) throw new StackError(`No free port for ${name} from ${start} on`);
    }
    taken.add(port);
    chosen[name] = port;
  }
  return chosen;
}

/** Chooses and remembers the ports of an instance. */
export async function portsOf(instance, paths, running) {
  const ports = await choosePorts(preferredPorts(instance), readJson(paths.ports, {}), running);
  writeJson(paths.ports, ports);
  return ports;
}
