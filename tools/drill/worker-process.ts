import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { waitUntil } from '@komplat/testing';
import { freePort } from './free-port.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const WORKER = 'apps/worker/src/start.mjs';

/** The worker as a process of its own, so that it can be killed. */
export class WorkerProcess {
  private child: ChildProcess | null = null;

  constructor(private readonly env: Readonly<Record<string, string>>) {}

  /** Starts it and waits until it is ready; answers its process id. */
  async start(): Promise<number> {
    const port = await freePort();
    const child = spawn(process.execPath, ['--max-semi-space-size=4', WORKER], {
      cwd: ROOT,
      env: { MALLOC_ARENA_MAX: '2', PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...this.env, WORKER_HEALTH_PORT: String(port) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000)));
    child.once('exit', (code, signal) => {
      if (this.child === child) process.stderr.write(`the worker ended by itself (${code ?? signal}): ${said}\n`);
    });
    this.child = child;
    await waitUntil(
      'the worker is ready',
      async () => {
        if (child.exitCode !== null) throw new Error(`the worker ended while starting: ${said}`);
        const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null);
        return answer?.ok ?? false;
      },
      60_000,
    );
    return child.pid ?? 0;
  }

  /** Ends it without a chance to tidy up, and waits until the process is gone. */
  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const child = this.child;
    this.child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }
}
