import type { INestApplicationContext } from '@nestjs/common';
import type { CommandDef } from '@komplat/plugin-api';
import { CalcService } from '@komplat/all/server';
import { Messages } from '@komplat/server';

export interface BuiltInRun {
  readonly app: INestApplicationContext;
  readonly rest: readonly string[];
  readonly options: Readonly<Record<string, string | true>>;
  readonly commands: readonly CommandDef[];
}

/** `calc`, `calc NAME --schema | --example`, `calc NAME < input.json`. */
export async function runCalc({ app, rest, options }: BuiltInRun, readInput: () => Promise<unknown>): Promise<unknown> {
  const calc = app.get(CalcService, { strict: false });
  const messages = app.get(Messages);
  const [name] = rest;
  if (!name) return { calculators: calc.list().map(({ id, title }) => ({ name: id, title: messages.text('uk', title) })) };
  const { input, output, example } = calc.definition(name);
  if (options.schema) {
    const target = { target: 'draft-2020-12' } as const;
    return { input: input['~standard'].jsonSchema.input(target), output: output['~standard'].jsonSchema.output(target) };
  }
  if (options.example) return example;
  return calc.run(name, await readInput());
}

/** Every command with its words and sentence. */
export function help({ app, commands }: BuiltInRun): unknown {
  const messages = app.get(Messages);
  const own = commands.map(({ words, args = [], title }) => ({
    command: [words, ...args.map((name) => name.toUpperCase())].join(' '),
    does: messages.text('uk', title),
  }));
  const calculators = { command: 'calc [NAME] [--schema | --example]', does: 'Правила грошей і права: перелік, схема, приклад, розрахунок' };
  return { commands: [...own, calculators].toSorted((a, b) => (a.command < b.command ? -1 : 1)) };
}
