import {
  Client,
  Connection,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { DomainError } from '@komplat/kernel';
import { ApplicationFailure } from '@temporalio/common';
import { dataConverter } from './codec.ts';
import type { TemporalConfig } from './config.ts';

/** Tails of some seconds were measured on a loaded server: shorter deadlines would report failures that are none. */
const CALL_MS = 8_000;
const UPDATE_MS = 20_000;
const ATTEMPTS = 3;
/** A server that is not there is noticed within some seconds: a person waits for the answer. */
const QUICK_ATTEMPTS = 4;
const RECONNECT = { 'grpc.initial_reconnect_backoff_ms': 200, 'grpc.max_reconnect_backoff_ms': 1_000 };
/** After so long nothing is asked again. */
const PATIENCE_MS = 12_000;
/** A dead worker that held a workflow task costs this long, and no more. */
const WORKFLOW_TASK_TIMEOUT = '5 seconds';

export interface StartOptions {
  /** Shown to whoever asks who started it; no personal data but the login. */
  readonly startedBy: string;
  /** `once`: a process of this id never runs again, also when it has ended. */
  readonly life?: 'once' | 'again';
}

export interface ProcessDescription {
  readonly id: string;
  readonly runId: string;
  readonly type: string;
  readonly status: string;
  readonly startedBy: string | null;
  readonly startedAt: Date;
}

/** The process itself refused a command: `code` is a message key. */
export class ProcessRefusal extends Error {
  override readonly name = 'ProcessRefusal';

  constructor(
    readonly code: string,
    readonly params: Readonly<Record<string, string | number>>,
  ) {
    super(code);
  }
}

/** Nothing of that id runs. */
export class ProcessNotRunning extends Error {
  override readonly name = 'ProcessNotRunning';
}

/** Starts processes and talks to them. Connects at the first call, so that the API starts without Temporal. */
export class ProcessClient {
  private opened: { readonly connection: Connection; readonly client: Client } | null = null;

  /** `config` is asked for at the first call only. */
  constructor(
    private readonly config: () => TemporalConfig,
    private readonly updateMs = UPDATE_MS,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  /** `running`: another start was first; nothing was done. */
  async start(
    type: string,
    id: string,
    queue: string,
    args: readonly unknown[],
    options: StartOptions,
  ): Promise<'started' | 'running'> {
    try {
      await this.call(CALL_MS, () =>
        this.client().workflow.start(type, {
          workflowId: id,
          taskQueue: queue,
          args: [...args],
          memo: { startedBy: options.startedBy },
          workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
          workflowIdConflictPolicy: 'FAIL',
          workflowIdReusePolicy: options.life === 'once' ? 'REJECT_DUPLICATE' : 'ALLOW_DUPLICATE',
        }),
      );
      return 'started';
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return 'running';
      throw error;
    }
  }

  /** Rings a running process, or starts it first. */
  async ringOrStart(type: string, id: string, queue: string, args: readonly unknown[], startedBy: string): Promise<void> {
    await this.call(CALL_MS, () =>
      this.client().workflow.signalWithStart(type, {
        workflowId: id,
        taskQueue: queue,
        args: [...args],
        memo: { startedBy },
        workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
        signal: 'doorbell',
      }),
    );
  }

  /** False when nothing of that id runs: the fact is in the database and the next start reads it. */
  async ring(id: string): Promise<boolean> {
    return this.signal(id, 'doorbell');
  }

  async signal(id: string, name: string, ...args: unknown[]): Promise<boolean> {
    try {
      await this.call(CALL_MS, () => this.client().workflow.getHandle(id).signal(name, ...args));
      return true;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  }

  /** A command with an answer. Throws `ProcessRefusal` when the process forbids it now. */
  async update<R = void>(id: string, name: string, arg: unknown): Promise<R> {
    const updateId = crypto.randomUUID();
    try {
      return await this.call(this.updateMs, () =>
        this.client().workflow.getHandle(id).executeUpdate<R, [unknown]>(name, { args: [arg], updateId }),
      );
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) throw new ProcessNotRunning(id);
      if (error instanceof WorkflowUpdateFailedError) throw refusalOf(error);
      throw error;
    }
  }

  /** The newest run of that id, `null` when the server knows none. */
  async describe(id: string): Promise<ProcessDescription | null> {
    try {
      const found = await this.call(CALL_MS, () => this.client().workflow.getHandle(id).describe());
      const startedBy = found.memo?.startedBy;
      return {
        id,
        runId: found.runId,
        type: found.type,
        status: found.status.name,
        startedBy: typeof startedBy === 'string' ? startedBy : null,
        startedAt: found.startTime,
      };
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      throw error;
    }
  }

  /** Waits for the end of the newest run. */
  async result<R = unknown>(id: string): Promise<R> {
    return this.client().workflow.getHandle(id).result();
  }

  /** Size of the history of the newest run. */
  async historyLength(id: string): Promise<number> {
    const found = await this.call(CALL_MS, () => this.client().workflow.getHandle(id).describe());
    return found.historyLength;
  }

  /** Only for tests and for the loss of Temporal's own state: the process gets no chance to tidy up. */
  async terminate(id: string, reason: string): Promise<void> {
    try {
      await this.call(CALL_MS, () => this.client().workflow.getHandle(id).terminate(reason));
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  }

  async healthy(): Promise<boolean> {
    try {
      await this.link().connection.ensureConnected();
      return true;
    } catch {
      return false;
    }
  }

  async close(): Promise<void> {
    await this.opened?.connection.close();
    this.opened = null;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }

  private client(): Client {
    return this.link().client;
  }

  private link(): { readonly connection: Connection; readonly client: Client } {
    if (this.opened) return this.opened;
    const { address, namespace, codecKeys } = this.config();
    const repeats = makeGrpcRetryInterceptor(defaultGrpcRetryOptions({ maxAttempts: QUICK_ATTEMPTS, factor: 1.3 }));
    const connection = Connection.lazy({ address, connectTimeout: '10 seconds', channelArgs: RECONNECT, interceptors: [repeats] });
    const client = new Client({ connection, namespace, dataConverter: dataConverter(codecKeys) });
    this.opened = { connection, client };
    return this.opened;
  }

  /** Every call has a deadline; what the server answered "unavailable" or not in time is asked again. */
  private async call<R>(deadlineMs: number, work: () => Promise<R>): Promise<R> {
    const started = Date.now();
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.link().connection.withDeadline(Date.now() + deadlineMs, work);
      } catch (error) {
        if (!isTransient(error)) throw error;
        if (attempt < ATTEMPTS && Date.now() - started <= this.patienceMs) continue;
        throw new DomainError(isLate(error) ? 'platform.processes.no-answer' : 'platform.processes.unavailable', {}, 503);
      }
    }
  }
}

const UNAVAILABLE = 14;
const DEADLINE_EXCEEDED = 4;

function hasCode(error: unknown, code: number): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) if ('code' in at && at.code === code) return true;
  return false;
}
/** The server did not say anything in time: what was asked may still happen. */
const isLate = (error: unknown): boolean => hasCode(error, DEADLINE_EXCEEDED) || error instanceof WorkflowUpdateRPCTimeoutOrCancelledError;
const isTransient = (error: unknown): boolean => hasCode(error, UNAVAILABLE) || isLate(error);

function refusalOf(error: WorkflowUpdateFailedError): Error {
  const { cause } = error;
  if (!(cause instanceof ApplicationFailure) || cause.type !== 'ProcessRefusal') return error;
  const details: unknown = cause.details?.[0];
  const params: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(details ?? {})) {
    params[name] = typeof value === 'number' ? value : String(value);
  }
  return new ProcessRefusal(cause.message, params);
}
