import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testEnv, waitUntil } from '@komplat/testing';
import { Connection } from '@temporalio/client';
import { freePort } from './free-port.ts';

/** A Temporal server of a drill's own with its state in a file: it can be killed without disturbing anybody. */
export class OwnTemporal {
  private child: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    private readonly port: number,
  ) {}

  static async open(): Promise<OwnTemporal> {
    const server = new OwnTemporal(mkdtempSync(join(tmpdir(), 'komplat-temporal-')), await freePort());
    await server.start();
    return server;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Starts it with the state it has; answers in how many milliseconds it served. */
  async start(): Promise<number> {
    const started = Date.now();
    const file = join(this.folder, 'temporal.db');
    const limits = ['history.transferProcessorMaxPollRPS=1000', 'history.timerProcessorMaxPollRPS=1000'];
    this.child = spawn(
      testEnv().TEMPORAL_CLI ?? '',
      [
        'server', 'start-dev', '--ip', '127.0.0.1', '--port', String(this.port), '--headless', '--db-filename', file,
        '--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=normal', '--log-level', 'error',
        ...limits.flatMap((limit) => ['--dynamic-config-value', limit]),
      ],
      { cwd: this.folder, stdio: 'ignore' },
    );
    await waitUntil('Temporal serves', () => this.serves(), 60_000);
    return Date.now() - started;
  }

  /** kill -9; answers when the process is gone. */
  async kill(): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  /** What it knew is lost; only while it is dead. */
  forget(): void {
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(this.folder, `temporal.db${suffix}`), { force: true });
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async serves(): Promise<boolean> {
    if (this.child?.exitCode != null) throw new Error('Temporal ended while starting');
    try {
      const connection = await Connection.connect({ address: this.address, connectTimeout: 1_000 });
      await connection.close();
      return true;
    } catch {
      return false;
    }
  }
}
