import { loadEnvFile } from '../config.ts';
import { bankCommand } from './bank-command.ts';
import { terminalHere } from './terminal.ts';

loadEnvFile();
process.exitCode = await bankCommand(process.argv.slice(2), process.env, terminalHere());
