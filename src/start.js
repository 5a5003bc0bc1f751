// Plain JavaScript, so that an old Node gets a sentence instead of a syntax error.
import * as module from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Epoch needs Node 22.18 or newer, and this is ${process.versions.node}: run it with "npm start", which brings its own Node.`,
  );
  process.exit(1);
}

// Types are stripped, and code is compiled, once: later starts are faster.
module.enableCompileCache();
await import('./main.ts');
