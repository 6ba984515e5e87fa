/** What was typed after `komplat`, taken apart without knowing the command. */
export interface Typed {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | true>>;
}
const GLOBAL_FLAGS = new Set(['json', 'schema', 'example', 'help', 'dryRun', 'check']);

const camel = (name: string): string => name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** `--name value`, `--name=value`, `--flag`; everything else is a word. */
export function takeApart(argv: readonly string[]): Typed {
  const words: string[] = [];
  const options: Record<string, string | true> = {};
  for (let index = 0; index < argv.length; index += 1) {
    const part = argv[index] ?? '';
    if (!part.startsWith('--')) {
      words.push(part);
      continue;
    }
    const [name = '', value] = part.slice(2).split(/=(.*)/s);
    const key = camel(name);
    const next = argv[index + 1];
    if (value !== undefined) options[key] = value;
    else if (GLOBAL_FLAGS.has(key) || next === undefined || next.startsWith('--')) options[key] = true;
    else {
      options[key] = next;
      index += 1;
    }
  }
  return { words, options };
}

export interface Candidate {
  readonly words: string;
}

/** The command with the most words that match; the words that remain are its arguments. */
export function choose<T extends Candidate>(commands: readonly T[], words: readonly string[]): { readonly command: T; readonly rest: readonly string[] } | undefined {
  const fitting = commands
    .filter(({ words: own }) => own.split(' ').every((word, index) => words[index] === word))
    .toSorted((a, b) => b.words.split(' ').length - a.words.split(' ').length);
  const [command] = fitting;
  return command ? { command, rest: words.slice(command.words.split(' ').length) } : undefined;
}
