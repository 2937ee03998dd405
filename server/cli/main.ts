/**
 * Main: the program of this process. Hands its arguments to the commands and their exit status to the shell.
 */
import { packageRoot } from '../package-root.ts';
import { runProgram } from './program.ts';
import { realParts } from './real-parts.ts';
import { processTerminal } from './terminal.ts';

process.exitCode = await runProgram(process.argv.slice(2), processTerminal(packageRoot()), realParts);
