// PostgreSQL of an instance: own copy of the program, data folder, settings, start, health, stop.
import {
  appendFileSync,
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { totalmem, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { root, stateRoot } from './paths.mjs';
import * as pins from './pins.mjs';
import { alive, end, launch, readPids } from './procs.mjs';
import { lastLogLines, readJson, run, say, StackError, waitFor, which } from './util.mjs';

/** Settings under which the baselines of the benchmarks were measured; both sides run on the same server. */
const benchSettings = { shared_buffers: '4GB', work_mem: '256MB', max_wal_size: '12GB' };

/** A sixth of the machine's memory, 4 GB at most: other programs of a workstation keep theirs. */
const siteBuffers = () => Math.min(4_096, Math.max(256, Math.floor(totalmem() / 2 ** 20 / 6)));

const settings = (instance) => ({
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 200,
  shared_buffers: instance === 'site' ? `${siteBuffers()}MB` : '1GB',
  work_mem: '64MB',
  maintenance_work_mem: '256MB',
  max_wal_size: '4GB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  shared_preload_libraries: '',
  password_encryption: 'scram-sha-256',
  log_line_prefix: '%m [%p] %u@%d ',
  ...(instance === 'bench' ? benchSettings : {}),
});

/** The program lies in the state folder: a new `npm ci` does not pull it away under a running server. */
function programHome() {
  const home = join(stateRoot, `postgres-${pins.postgres.version}`);
  if (existsSync(join(home, '.ready'))) return home;
  const source = join(root, pins.postgres.home);
  if (!existsSync(source)) throw new StackError(`${pins.postgres.package} is missing: npm ci`);
  const part = `${home}.part-${process.pid}`;
  cpSync(source, part, { recursive: true, verbatimSymlinks: true });
  // The package makes these links in its install script, which may have been denied.
  for (const { source: target, target: link } of readJson(join(source, 'pg-symlinks.json'), [])) {
    const path = join(part, link.replace(/^native\//, ''));
    if (!existsSync(path))
      symlinkSync(join(part, target.replace(/^native\//, '')).slice(dirname(path).length + 1), path);
  }
  for (const name of ['initdb', 'postgres', 'pg_ctl']) chmodSync(join(part, 'bin', name), 0o755);
  writeFileSync(join(part, '.ready'), '');
  if (existsSync(home)) rmSync(part, { recursive: true });
  else renameSync(part, home);
  return home;
}

function lookUp(name) {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  if (!line) return undefined;
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid), name };
}

/**
 * How PostgreSQL runs when we are root, which it refuses: as an unprivileged user, or, where that user cannot reach the
 * checkout, under another user number of a namespace.
 */
async function identityFor(home, paths) {
  if (process.getuid() !== 0) return { uid: undefined, gid: undefined, wrap: (command, args) => [command, args] };
  let user = lookUp('postgres') ?? lookUp('komplat-pg');
  if (!user && which('useradd')) {
    await run('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'komplat-pg'], {
      allowFailure: true,
    });
    user = lookUp('komplat-pg');
  }
  user ??= lookUp('nobody');
  if (user) {
    const reach = await run(join(home, 'bin', 'postgres'), ['--version'], {
      uid: user.uid,
      gid: user.gid,
      cwd: '/',
      allowFailure: true,
    });
    const enter = await run('/bin/sh', ['-c', 'cd "$1"', 'sh', paths.dir], {
      uid: user.uid,
      gid: user.gid,
      cwd: '/',
      allowFailure: true,
    });
    if (reach.code === 0 && enter.code === 0) return { ...user, wrap: (command, args) => [command, args] };
  }
  // A number that the user list knows: initdb asks for its name.
  const map = user ? [`--map-user=${user.uid}`, `--map-group=${user.gid}`] : ['--map-current-user'];
  const wrap = (command, args) => ['unshare', ['--user', ...map, '--', command, ...args]];
  const [command, args] = wrap(join(home, 'bin', 'postgres'), ['--version']);
  if ((await run(command, args, { allowFailure: true })).code === 0) return { uid: undefined, gid: undefined, wrap };
  throw new StackError(
    `PostgreSQL does not run as root, and the user ${user?.name ?? userInfo().username} cannot read ${root}: ` +
      'put the checkout into a folder that every user may enter, or work as an ordinary user',
  );
}

async function initialise(paths, home, identity, password) {
  const data = join(paths.postgres, 'data');
  if (existsSync(join(data, 'PG_VERSION'))) return data;
  say('PostgreSQL: making the data folder');
  const part = join(paths.postgres, 'data.part');
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true, mode: 0o700 });
  const passwordFile = join(paths.postgres, 'password');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  try {
    if (identity.uid !== undefined) {
      for (const path of [paths.postgres, part, passwordFile]) chownSync(path, identity.uid, identity.gid);
    }
    const [command, args] = identity.wrap(join(home, 'bin', 'initdb'), [
      `--pgdata=${part}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=icu',
      '--icu-locale=uk-UA',
      '--locale=C.UTF-8',
      '--data-checksums',
    ]);
    await run(command, args, { uid: identity.uid, gid: identity.gid, cwd: paths.postgres, env: serverEnv() });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  appendFileSync(join(part, 'postgresql.conf'), "\ninclude_if_exists = 'komplat.conf'\n");
  renameSync(part, data);
  return data;
}

const serverEnv = () => ({ PATH: process.env.PATH ?? '/usr/bin:/bin', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', TZ: 'UTC' });

async function connects(url) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch (error) {
    if (error.code === '28P01')
      throw new StackError('PostgreSQL refuses the password of .komplat: npm run reset, then start anew');
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Starts PostgreSQL unless it runs, and waits until it answers. */
export async function startPostgres({ instance, paths, ports, secrets, owner }) {
  const url = `postgresql://postgres:${secrets.POSTGRES_PASSWORD}@127.0.0.1:${ports.postgres}/postgres`;
  if (!alive(readPids(paths).postgres)) {
    const home = programHome();
    mkdirSync(paths.postgres, { recursive: true });
    const identity = await identityFor(home, paths);
    const data = await initialise(paths, home, identity, secrets.POSTGRES_PASSWORD);
    const lines = Object.entries(settings(instance)).map(([name, value]) => `${name} = '${value}'\n`);
    writeFileSync(join(data, 'komplat.conf'), lines.join(''));
    chmodSync(join(data, 'komplat.conf'), 0o644);
    const [command, args] = identity.wrap(join(home, 'bin', 'postgres'), ['-D', data, '-p', String(ports.postgres)]);
    launch(paths, 'postgres', command, args, {
      env: serverEnv(),
      cwd: paths.postgres,
      uid: identity.uid,
      gid: identity.gid,
      owner,
    });
  }
  await waitFor('PostgreSQL', 60, async () => {
    if (!alive(readPids(paths).postgres)) {
      throw new StackError(`PostgreSQL ended while starting:\n${lastLogLines(paths.logOf('postgres'))}`);
    }
    return connects(url);
  });
}

/** Fast shutdown: connections are ended, everything is written. */
export const stopPostgres = (paths) => end(paths, 'postgres', { polite: 'SIGINT', seconds: 60 });
