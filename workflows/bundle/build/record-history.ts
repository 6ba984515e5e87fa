import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { AesPayloadCodec, parseCodecKeys, type TemporalConfig } from '@komplat/temporal/server';

const FOLDER = fileURLToPath(new URL('../histories/', import.meta.url));
const run = promisify(execFile);
const LARGEST = 64 * 1024 * 1024;

interface JsonPayload {
  readonly metadata: Readonly<Record<string, string>>;
  readonly data?: string;
}

/** Keeps the history of a process, decrypted, for the replay gate. Ids only: nothing of a person is in it. */
export async function recordHistory(cli: string, config: TemporalConfig, workflowId: string, shape: string): Promise<void> {
  const { address, namespace, codecKeys } = config;
  const args = ['workflow', 'show', '--address', address, '--namespace', namespace, '--workflow-id', workflowId, '--output', 'json'];
  const { stdout } = await run(cli, args, { maxBuffer: LARGEST });
  const history: unknown = JSON.parse(stdout);
  const plain = await decoded(history, new AesPayloadCodec(parseCodecKeys(codecKeys)));
  writeFileSync(`${FOLDER}${shape}.json`, `${JSON.stringify(plain)}\n`);
}

const isPayload = (value: object): value is JsonPayload =>
  'metadata' in value && typeof value.metadata === 'object' && value.metadata !== null && 'encoding' in value.metadata;

/** The same history with every payload in plain. */
async function decoded(value: unknown, codec: AesPayloadCodec): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((part) => decoded(part, codec)));
  if (typeof value !== 'object' || value === null) return value;
  if (isPayload(value)) return decodedPayload(value, codec);
  const parts = Object.entries(value).map(async ([name, part]) => [name, await decoded(part, codec)] as const);
  return Object.fromEntries(await Promise.all(parts));
}

async function decodedPayload({ metadata, data }: JsonPayload, codec: AesPayloadCodec): Promise<JsonPayload> {
  const bytes = Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value, 'base64')]);
  const [plain] = await codec.decode([{ metadata: Object.fromEntries(bytes), data: Buffer.from(data ?? '', 'base64') }]);
  const text = (value: Uint8Array): string => Buffer.from(value).toString('base64');
  const names = Object.entries(plain?.metadata ?? {}).map(([name, value]) => [name, text(value)]);
  return { metadata: Object.fromEntries(names), data: text(plain?.data ?? new Uint8Array()) };
}
