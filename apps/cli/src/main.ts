import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { readCatalogue } from '@komplat/all/messages';
import { plugins } from '@komplat/all/server';
import { DomainError } from '@komplat/kernel';
import { type Command, type CommandContext, type CommandDef, compose } from '@komplat/plugin-api';
import { asDomainError, Database, Messages, PlatformEnv, PlatformModule, readEnv, withRequestId } from '@komplat/server';
import { choose, takeApart } from './arguments.ts';
import { help, runCalc } from './built-in.ts';
import { humanText, safely } from './print.ts';
import { sampleActor } from './sample-actor.ts';

const DONE = 0;
const REFUSED = 1;
const WRONG_USAGE = 2;

const env = readEnv(PlatformEnv.extend({ LOG_LEVEL: PlatformEnv.shape.LOG_LEVEL.default('warn') }), { LOG_LEVEL: 'warn', DATABASE_POOL: '4', ...process.env });
const composition = compose(plugins);
const catalogue = readCatalogue(composition.order.map(({ id }) => id));
const commands: readonly CommandDef[] = composition.order.flatMap((plugin) => plugin.commands ?? []);
const note = (message: string): void => void process.stderr.write(`${message}\n`);

@Module({
  imports: [PlatformModule.with({ name: 'cli', env, composition, catalogue }), ...composition.order.map(({ nest }) => nest.core)],
})
class CliRoot {}

async function readInput(): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new DomainError('cli.input-not-json', {}, 400);
  }
}

async function run(argv: readonly string[]): Promise<number> {
  const { words, options } = takeApart(argv);
  const app = await NestFactory.createApplicationContext(CliRoot, { logger: ['error', 'fatal'], abortOnError: false });
  const print = (answer: unknown): void =>
    void process.stdout.write(options.json ? `${JSON.stringify(answer, safely)}\n` : `${humanText(answer)}\n`);
  try {
    if (words.length === 0 || options.help) {
      print(help({ app, rest: [], options, commands }));
      return words.length === 0 && !options.help ? WRONG_USAGE : DONE;
    }
    if (words[0] === 'calc') {
      const answer = await runCalc({ app, rest: words.slice(1), options, commands }, readInput);
      process.stdout.write(`${JSON.stringify(answer, safely, options.json ? undefined : 2)}\n`);
      return DONE;
    }
    const chosen = choose(commands, words);
    if (!chosen) {
      note(`Команди «${words.join(' ')}» немає. Перелік: npm run -s komplat -- --help`);
      return WRONG_USAGE;
    }
    return await execute(app, chosen.command, { rest: chosen.rest, options, print });
  } catch (error) {
    return refuse(error, app.get(Messages), options.json === true || words[0] === 'calc');
  } finally {
    await app.close();
  }
}

interface Execution {
  readonly rest: readonly string[];
  readonly options: Readonly<Record<string, string | true>>;
  readonly print: (answer: unknown) => void;
}
async function execute(app: Awaited<ReturnType<typeof NestFactory.createApplicationContext>>, command: CommandDef, { rest, options, print }: Execution): Promise<number> {
  const { json: _json, as, ...given } = options;
  const named = Object.fromEntries((command.args ?? []).map((name, index) => [name, rest[index]]).filter(([, value]) => value !== undefined));
  const checked = await command.input['~standard'].validate({ ...given, ...named });
  if (checked.issues || rest.length > (command.args ?? []).length) {
    for (const issue of checked.issues ?? []) note(`${(issue.path ?? []).map(String).join('.') || command.words}: ${issue.message}`);
    note(`Вживання: komplat ${command.words} ${(command.args ?? []).map((name) => name.toUpperCase()).join(' ')}`);
    return WRONG_USAGE;
  }
  const login = typeof as === 'string' ? as : process.env.KOMPLAT_AS;
  const actor = await sampleActor(app.get(Database), env.KOMPLAT_PROFILE, login, command.permission);
  const context: CommandContext = { actor, note };
  const answer = await withRequestId(actor.requestId, () => app.get<Command>(command.provider, { strict: false }).run(checked.value, context));
  print(answer);
  return DONE;
}

function refuse(thrown: unknown, messages: Messages, json: boolean): number {
  const error = asDomainError(thrown);
  if (!(error instanceof DomainError)) throw error;
  const message = messages.text('uk', `error.${error.code}`, error.params);
  if (json) process.stdout.write(`${JSON.stringify({ error: { code: error.code, message, path: error.params.path ?? null, params: error.params } })}\n`);
  note(message);
  return REFUSED;
}

process.exitCode = await run(process.argv.slice(2));
