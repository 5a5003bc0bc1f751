import { toErrorTree, type Issue } from '../validation/issues.ts';

/** A refusal in Discord's shape: `{ code, message, errors? }`. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: number;
  readonly issues: readonly Issue[];
  constructor(status: number, code: number, message: string, issues: readonly Issue[] = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.issues = issues;
  }
}

export const errorBody = (error: ApiError): object => ({
  message: error.message,
  code: error.code,
  ...(error.issues.length > 0 ? { errors: toErrorTree(error.issues) } : {}),
});

export const invalidForm = (issues: readonly Issue[]) =>
  new ApiError(400, 50_035, 'Invalid Form Body', issues);

/** Runs a check whose faults stand below `key` of the request, and moves their paths there. */
export const below = <Result>(key: string | number, check: () => Result): Result => {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const issues = error.issues.map((entry) => ({ ...entry, path: [key, ...entry.path] }));
    throw new ApiError(error.status, error.code, error.message, issues);
  }
};

/** Throws if there is a fault. */
export const refuseIf = (issues: readonly Issue[]): void => {
  if (issues.length > 0) throw invalidForm(issues);
};

export const unknownRoute = () => new ApiError(404, 0, '404: Not Found');
export const methodNotAllowed = () => new ApiError(405, 0, '405: Method Not Allowed');
export const unauthorized = () => new ApiError(401, 0, '401: Unauthorized');
export const badJson = () => new ApiError(400, 50_109, 'The request body contains invalid JSON.');
export const tooLarge = () => new ApiError(413, 40_005, 'Request entity too large');
export const emptyMessage = () => new ApiError(400, 50_006, 'Cannot send an empty message');
export const missingAccess = () => new ApiError(403, 50_001, 'Missing Access');
export const missingPermissions = () => new ApiError(403, 50_013, 'Missing Permissions');
export const notAuthor = () => new ApiError(403, 50_005, 'Cannot edit a message authored by another user');
export const cannotDm = () => new ApiError(403, 50_007, 'Cannot send messages to this user');
export const unknownChannel = () => new ApiError(404, 10_003, 'Unknown Channel');
export const unknownGuild = () => new ApiError(404, 10_004, 'Unknown Guild');
export const unknownMember = () => new ApiError(404, 10_007, 'Unknown Member');
export const unknownMessage = () => new ApiError(404, 10_008, 'Unknown Message');
export const unknownRole = () => new ApiError(404, 10_011, 'Unknown Role');
export const unknownUser = () => new ApiError(404, 10_013, 'Unknown User');
export const unknownWebhook = () => new ApiError(404, 10_015, 'Unknown Webhook');
export const unknownInteraction = () => new ApiError(404, 10_062, 'Unknown interaction');
export const unknownCommand = () => new ApiError(404, 10_063, 'Unknown application command');
export const invalidWebhookToken = () => new ApiError(401, 50_027, 'Invalid Webhook Token');
export const alreadyAcknowledged = () =>
  new ApiError(400, 40_060, 'Interaction has already been acknowledged.');
