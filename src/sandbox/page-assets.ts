/** npm libraries served to the page: name below /page/lib/, and the file below node_modules. */
export const libraries: Readonly<Record<string, string>> = {
  'preact.js': 'preact/dist/preact.mjs',
  'preact-hooks.js': 'preact/hooks/dist/hooks.mjs',
};
