/** One fault of a request body: where it is, Discord's code for it, and its sentence. */
export interface Issue {
  path: readonly (string | number)[];
  code: string;
  message: string;
}

export const issue = (path: readonly (string | number)[], code: string, message: string): Issue => ({
  path,
  code,
  message,
});

interface ErrorTree {
  [key: string]: ErrorTree | { code: string; message: string }[];
}

/** Discord's nested form: `{ components: { 0: { label: { _errors: [{ code, message }] } } } }`. */
export const toErrorTree = (issues: readonly Issue[]): ErrorTree => {
  // Without a prototype, so that a field may have any name.
  const empty = () => Object.create(null) as ErrorTree;
  const root = empty();
  for (const { path, code, message } of issues) {
    let node = root;
    for (const key of path) node = (node[key] ??= empty()) as ErrorTree;
    const list = (node['_errors'] ??= []) as { code: string; message: string }[];
    list.push({ code, message });
  }
  return root;
};
