// Entry of the worker. The compiler of TypeScript is registered here and not by --import: the threads of the Temporal SDK
// would inherit the option, and each of them would load the compiler anew (100 MB).
import { register } from 'node:module';

register('@swc-node/register/esm', import.meta.url);
await import('./main.ts');
