import { once } from 'node:events';
import { bankCommand } from './bank-command.ts';

process.exitCode = await bankCommand(process.argv.slice(2), process.env, {
  cwd: process.cwd(),
  print: (text) => console.log(text),
  complain: (text) => console.error(text),
  interrupted: async () => {
    await once(process, 'SIGINT');
  },
});
