// Finds every program that the stack needs, in this order: a path in the environment, the cache, a program of the
// machine, the vendor's release, the package client of the machine. Says which one was taken. Runs on Node 20.
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { cacheRoot } from './paths.mjs';
import * as pins from './pins.mjs';
import { locked } from './procs.mjs';
import { readJson, run, say, sha256, StackError, which, withProgress, writeJson } from './util.mjs';

const isRoot = process.getuid?.() === 0;
const taken = (what, from) => say(`${what}: ${from}`);

/** A folder of the cache that `fill` fills completely or not at all. */
async function cached(name, fill) {
  const home = join(cacheRoot, name);
  const ready = () => existsSync(join(home, '.ready.json'));
  if (ready()) return { home, fresh: false };
  mkdirSync(cacheRoot, { recursive: true });
  return locked(join(cacheRoot, `${name}.lock`), async () => {
    if (ready()) return { home, fresh: false };
    for (const left of readdirSync(cacheRoot).filter((entry) => entry.startsWith(`${name}.part-`))) {
      rmSync(join(cacheRoot, left), { recursive: true, force: true });
    }
    const work = mkdtempSync(join(cacheRoot, `${name}.part-`));
    try {
      const facts = await fill(work);
      writeJson(join(work, '.ready.json'), facts);
      rmSync(home, { recursive: true, force: true });
      renameSync(work, home);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
    return { home, fresh: true };
  });
}

/** The cached file, unless it is not what was put there. */
function intact(home, file) {
  const size = readJson(join(home, '.ready.json'), {}).size;
  const path = join(home, file);
  if (existsSync(path) && statSync(path).size === size) return path;
  rmSync(home, { recursive: true, force: true });
  throw new StackError(`${path} was damaged and is removed now: give the command again`);
}

/** Downloads a release with a pinned checksum; false when the vendor is not reached. */
async function download(url, path, checksum) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), pins.connectSeconds * 1000);
  try {
    const response = await fetch(url, { signal: controller.signal });
    clearTimeout(timer);
    if (!response.ok || !response.body) return false;
    await pipeline(Readable.fromWeb(response.body), createWriteStream(path));
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
  return (await sha256(path)) === checksum;
}

let debianUpdated;
/** Installs packages of the machine's own distribution; only as root on Debian and its kin. */
async function debianInstall(name) {
  if (!isRoot || !which('apt-get')) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return locked(join(cacheRoot, 'debian.lock'), async () => {
    const install = ['install', '-y', '--no-install-recommends', name];
    const first = await run('apt-get', install, { env, allowFailure: true });
    if (first.code === 0) return true;
    debianUpdated ??= run('apt-get', ['update'], { env, allowFailure: true });
    await debianUpdated;
    return (await run('apt-get', install, { env, allowFailure: true })).code === 0;
  });
}

async function javaVersion(path) {
  const { code, stdout, stderr } = await run(path, ['-version'], { allowFailure: true });
  const found = /version "(\d+)/.exec(stdout + stderr);
  return code === 0 && found ? Number(found[1]) : 0;
}

/** A Java that Keycloak can run on. */
export async function resolveJava() {
  const fitting = async (path) => path && existsSync(path) && (await javaVersion(path)) >= pins.java.minimum;
  const fromHome = process.env.JAVA_HOME && join(process.env.JAVA_HOME, 'bin', 'java');
  if (await fitting(fromHome)) return fromHome;
  if (await fitting(which('java'))) return which('java');
  const installed = await withProgress('Java: installing from the distribution: about 200 MB, half a minute', () =>
    debianInstall(pins.java.debian),
  );
  if (installed && (await fitting(which('java')))) return which('java');
  throw new StackError(
    `Java ${pins.java.minimum} or newer is missing; install it, on Debian: apt-get install ${pins.java.debian}`,
  );
}

async function mavenPath() {
  const found = process.env.MAVEN_BIN ?? which('mvn');
  if (found) return found;
  await withProgress('Maven: installing from the distribution', () => debianInstall(pins.maven.debian));
  const installed = which('mvn');
  if (!installed) throw new StackError(`Maven is missing; install it, on Debian: apt-get install ${pins.maven.debian}`);
  return installed;
}

const mavenQuiet = ['-q', '-B'];

/** Path of the Temporal command line program with its development server. */
export async function resolveTemporal() {
  const { version, module, cost } = pins.temporal;
  const given = process.env.TEMPORAL_BIN;
  if (given) {
    if (!existsSync(given)) throw new StackError(`TEMPORAL_BIN names ${given}, which does not exist`);
    taken('Temporal', `${given} (from the environment)`);
    return given;
  }
  const home = join(cacheRoot, `temporal-${version}`);
  if (!existsSync(join(home, '.ready.json'))) {
    const own = which('temporal');
    const told = own ? await run(own, ['--version'], { allowFailure: true }) : undefined;
    if (told?.stdout.includes(` ${version} `)) {
      taken('Temporal', `${own} (already on the machine)`);
      return own;
    }
  }
  const { fresh } = await cached(`temporal-${version}`, (work) => buildTemporal(work, module, version, cost));
  taken('Temporal', `${version} (${fresh ? 'built now' : 'from the cache'})`);
  return intact(home, 'temporal');
}

async function buildTemporal(work, module, version, cost) {
  const go =
    process.env.GO_BIN ?? which('go') ?? (existsSync('/usr/local/go/bin/go') ? '/usr/local/go/bin/go' : undefined);
  if (!go) {
    throw new StackError(
      `Temporal ${version} is missing: install Go 1.24 or newer, or set TEMPORAL_BIN to the program`,
    );
  }
  const env = { ...process.env, GOBIN: work };
  await withProgress(`Temporal ${version}: ${cost}`, () => run(go, ['install', `${module}@v${version}`], { env }));
  const path = join(work, 'temporal');
  return { version, size: statSync(path).size, sha256: await sha256(path) };
}

/** Folder with the jars of the time-skipping test server. */
export async function resolveTestServer() {
  const { version, jar, sha256: checksum, cost } = pins.temporalTestServer;
  const { home, fresh } = await cached(`temporal-test-server-${version}`, async (work) => {
    const maven = await mavenPath();
    const pom = new URL('../../infra/temporal/test-server.pom.xml', import.meta.url).pathname;
    await withProgress(`Temporal test server ${version}: ${cost}`, () =>
      run(maven, [
        ...mavenQuiet,
        '-f',
        pom,
        `${pins.maven.plugin}:copy-dependencies`,
        `-DoutputDirectory=${join(work, 'lib')}`,
      ]),
    );
    const path = join(work, 'lib', jar);
    if ((await sha256(path)) !== checksum) throw new StackError(`${jar} is not the pinned file: its checksum differs`);
    return { version, jars: readdirSync(join(work, 'lib')).length, size: statSync(path).size, sha256: checksum };
  });
  taken('Temporal test server', `${version} (${fresh ? 'fetched now' : 'from the cache'})`);
  return dirname(intact(home, join('lib', jar)));
}

/** The library that checks signatures: the one inside Keycloak when it is the pinned file, else from Maven. */
export async function resolveBouncyCastle(keycloakHome) {
  const { version, file, artifact, inKeycloak, sha256: checksum, cost } = pins.bouncyCastle;
  const inside = keycloakHome && join(keycloakHome, inKeycloak);
  if (inside && existsSync(inside) && (await sha256(inside)) === checksum) return inside;
  const { home } = await cached(`bouncycastle-${version}`, async (work) => {
    const maven = await mavenPath();
    const copy = [`${pins.maven.plugin}:copy`, `-Dartifact=${artifact}`, `-DoutputDirectory=${work}`];
    await withProgress(`BouncyCastle ${version}: ${cost}`, () => run(maven, [...mavenQuiet, ...copy]));
    const path = join(work, file);
    if ((await sha256(path)) !== checksum) throw new StackError(`${file} is not the pinned file: its checksum differs`);
    return { version, size: statSync(path).size, sha256: checksum };
  });
  return intact(home, file);
}

/** Folder of a Keycloak that is unpacked and built; it is never written to afterwards. */
export async function resolveKeycloak(buildHome) {
  const { version } = pins.keycloak;
  const { home, fresh } = await cached(`keycloak-${version}`, async (work) => {
    const zip = await keycloakZip(work);
    await buildHome(work, zip);
    const size = statSync(zip).size;
    if (dirname(zip) === work) rmSync(zip);
    return { version, size, sha256: pins.keycloak.sha256 };
  });
  taken('Keycloak', `${version} (${fresh ? 'unpacked and built now' : 'from the cache'})`);
  return home;
}

async function keycloakZip(work) {
  const { version, file, artifact, release, sha256: checksum, cost } = pins.keycloak;
  const given = process.env.KEYCLOAK_ZIP;
  if (given) {
    if ((await sha256(given)) !== checksum)
      throw new StackError(`${given} is not Keycloak ${version}: its checksum differs`);
    return given;
  }
  const path = join(work, file);
  const fetched = await withProgress(`Keycloak ${version}: ${cost}`, async () => {
    if (await download(release, path, checksum)) return 'the release';
    const maven = await mavenPath();
    await run(maven, [
      ...mavenQuiet,
      `${pins.maven.plugin}:copy`,
      `-Dartifact=${artifact}`,
      `-DoutputDirectory=${work}`,
    ]);
    return 'Maven';
  });
  if ((await sha256(path)) !== checksum) throw new StackError(`${file} from ${fetched} is not the pinned file`);
  return path;
}

/** A Chromium for documents and browser tests. */
export async function resolveChromium() {
  const given = process.env.CHROMIUM_BIN;
  if (given) {
    if (!existsSync(given)) throw new StackError(`CHROMIUM_BIN names ${given}, which does not exist`);
    return given;
  }
  const own = () => pins.chromium.names.map(which).find(Boolean);
  if (own()) {
    taken('Chromium', `${own()} (already on the machine)`);
    return own();
  }
  await withProgress('Chromium: installing from the distribution: about 400 MB, half a minute', () =>
    debianInstall(pins.chromium.debian),
  );
  if (!own()) {
    throw new StackError(
      `Chromium is missing; install it, on Debian: apt-get install ${pins.chromium.debian}, or set CHROMIUM_BIN`,
    );
  }
  taken('Chromium', `${own()} (installed now)`);
  return own();
}
