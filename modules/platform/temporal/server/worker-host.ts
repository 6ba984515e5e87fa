import type { ModulePlugin } from '@komplat/plugin-api';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { dataConverter } from './codec.ts';
import type { TemporalConfig } from './config.ts';

type Activity = (...args: unknown[]) => Promise<unknown>;
type Activities = Record<string, Activity>;

export interface WorkerHostOptions {
  readonly plugins: readonly ModulePlugin[];
  readonly config: TemporalConfig;
  /** The workflow bundle, built before. */
  readonly codePath: string;
  /** Queues of this process; all when absent. */
  readonly queues?: readonly string[];
  /** Most activities at once, by queue. One constant for all workers of a site. */
  readonly limits?: Readonly<Record<string, number>>;
  /** Workflows of one queue that stay in memory between two events; what is asked for later is replayed from its history. */
  readonly cachedWorkflows: number;
  readonly onFatal: (error: unknown) => void;
}

const MAX_WORKFLOW_TASKS = 20;
const MAX_ACTIVITIES = 10;

/** One Worker per task queue. A worker that dies ends the process: the supervisor restarts it. */
@Injectable()
export class WorkerHost implements OnApplicationShutdown {
  private readonly workers: Worker[] = [];
  private readonly running: Promise<void>[] = [];
  private connection: NativeConnection | null = null;
  private stopping = false;

  constructor(@Inject(ModuleRef) private readonly refs: ModuleRef) {}

  async start(options: WorkerHostOptions): Promise<void> {
    const { plugins, config, queues } = options;
    const workflowQueues = new Set(plugins.flatMap((plugin) => plugin.temporal?.taskQueue ?? []));
    const connection = await NativeConnection.connect({ address: config.address });
    this.connection = connection;
    for (const [taskQueue, activities] of this.collect(plugins)) {
      if (queues && !queues.includes(taskQueue)) continue;
      const worker = await Worker.create({
        connection,
        ...queueOptions(options, taskQueue, workflowQueues.has(taskQueue)),
        activities,
      });
      this.workers.push(worker);
      this.running.push(this.watch(worker, options.onFatal));
    }
  }

  healthy(): boolean {
    return this.workers.length > 0 && this.workers.every((worker) => worker.getState() === 'RUNNING');
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    for (const worker of this.workers) if (worker.getState() === 'RUNNING') worker.shutdown();
    await Promise.all(this.running);
    await this.connection?.close();
  }

  /** A worker never ends by itself: its end is an error of the process. */
  private async watch(worker: Worker, onFatal: (error: unknown) => void): Promise<void> {
    try {
      await worker.run();
      if (!this.stopping) onFatal(new Error(`the worker of ${worker.options.taskQueue} ended`));
    } catch (error) {
      onFatal(error);
    }
  }

  private collect(plugins: readonly ModulePlugin[]): Map<string, Activities> {
    const queues = new Map<string, Activities>();
    const names = new Set<string>();
    const queue = (name: string): Activities => {
      const found = queues.get(name) ?? {};
      queues.set(name, found);
      return found;
    };
    for (const { id, temporal } of plugins) {
      if (!temporal) continue;
      queue(temporal.taskQueue);
      for (const { provider, taskQueue = temporal.taskQueue } of temporal.activities) {
        const instance: object = this.refs.get(provider, { strict: false });
        for (const method of activityMethods(provider.prototype)) {
          const name = `${id}.${method}`;
          if (names.has(name)) throw new Error(`duplicate activity ${name}`);
          names.add(name);
          queue(taskQueue)[name] = boundMethod(instance, method);
        }
      }
    }
    return queues;
  }
}

function queueOptions(options: WorkerHostOptions, taskQueue: string, workflows: boolean): WorkerOptions {
  const common: WorkerOptions = {
    taskQueue,
    namespace: options.config.namespace,
    dataConverter: dataConverter(options.config.codecKeys),
    maxConcurrentActivityTaskExecutions: options.limits?.[taskQueue] ?? MAX_ACTIVITIES,
    maxHeartbeatThrottleInterval: '1 second',
    defaultHeartbeatThrottleInterval: '1 second',
    shutdownGraceTime: '20 seconds',
    shutdownForceTime: '30 seconds',
  };
  if (!workflows) return common;
  return {
    ...common,
    workflowBundle: { codePath: options.codePath },
    ...workflowLimits(options.cachedWorkflows),
    workflowThreadPoolSize: 1,
    stickyQueueScheduleToStartTimeout: '2 seconds',
  };
}

/** How much of its workflows one queue keeps in memory, and how many of them move at once. */
export const workflowLimits = (cached: number): Required<Pick<WorkerOptions, 'maxCachedWorkflows' | 'maxConcurrentWorkflowTaskExecutions'>> => ({
  maxCachedWorkflows: cached,
  maxConcurrentWorkflowTaskExecutions: MAX_WORKFLOW_TASKS,
});

/** Public methods of the class; what starts with `_` or is a hook of the container is none. */
function activityMethods(prototype: object): string[] {
  return Object.getOwnPropertyNames(prototype).filter(
    (name) => name !== 'constructor' && !name.startsWith('_') && !/^on(Module|Application)[A-Z]/.test(name),
  );
}

function boundMethod(instance: object, method: string): Activity {
  const found: unknown = Reflect.get(instance, method);
  if (typeof found !== 'function') throw new Error(`activity ${method} is not a method`);
  return async (...args) => {
    const answer: unknown = await Reflect.apply(found, instance, args);
    return answer;
  };
}
