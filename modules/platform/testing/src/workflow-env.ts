import { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger, makeTelemetryFilterString, Runtime, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { testEnv } from './test-env.ts';

export interface WorkflowEnv {
  readonly env: TestWorkflowEnvironment;
  readonly workflowBundle: WorkflowBundleWithSourceMap;
  /** Waits in the server's time for a condition of the fake activities. */
  until(what: () => boolean): Promise<void>;
  close(): Promise<void>;
}
const ATTEMPTS = 4;

/** The time-skipping server and the workflows of one package; `entry` exports them under the names of their types. */
export async function workflowEnv(entry: string): Promise<WorkflowEnv> {
  const path = testEnv().TEMPORAL_TEST_SERVER;
  if (!path) throw new Error('NOT RUN: the time-skipping server is missing; start the test servers: npm run stack -- up test');
  const filter = makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' });
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter, console: {} } } });
  const workflowBundle = await bundleWorkflowCode({ workflowsPath: entry, logger: new DefaultLogger('ERROR') });
  const env = await startServer(path);
  return {
    env,
    workflowBundle,
    async until(what) {
      for (let tries = 0; tries < 400; tries += 1) {
        if (what()) return;
        await env.sleep('50 milliseconds');
      }
      throw new Error('the expected state did not come');
    },
    close: () => env.teardown(),
  };
}

/** The SDK gives the server five seconds to start; a busy machine needs more. */
async function startServer(path: string): Promise<TestWorkflowEnvironment> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } });
    } catch (error) {
      if (attempt >= ATTEMPTS) throw error;
    }
  }
}
