/**
 * A failure as Excel reports it in a response. `code` is one of Excel's own codes (`Excel.ErrorCodes` and the client's
 * core codes), so an add-in meets here what it would meet there.
 */
export class HostError extends Error {
  override readonly name = "HostError";

  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

export function itemNotFound(): HostError {
  return new HostError("ItemNotFound", "The requested resource doesn't exist.", 404);
}

export function invalidArgument(detail = "The argument is invalid or missing or has an incorrect format."): HostError {
  return new HostError("InvalidArgument", detail);
}

export function accessDenied(detail = "You cannot perform the requested operation."): HostError {
  return new HostError("AccessDenied", detail, 403);
}

export function apiNotFound(member: string): HostError {
  return new HostError(
    "ApiNotFound",
    `The API you are trying to use could not be found. It may be available in a newer version of Excel. (${member})`,
    404,
  );
}

export function invalidSelection(): HostError {
  return new HostError("InvalidSelection", "The current selection is invalid for this operation.");
}
