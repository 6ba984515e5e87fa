// Entry of the worker. TypeScript is compiled in this thread by an import and not by --import: the threads of the Temporal SDK would
// inherit the option.
import '../../../tools/run/typescript.mjs';

await import('./main.ts');
