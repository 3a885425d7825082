/** Paths of znodes: the rules of PathUtils.java and the two halves of a path. */

/**
 * Undefined when `path` is legal, else the text of the argument error, as a Java
 * client words it. The index is that of the offending UTF-16 unit.
 *
 * Source: PathUtils.validatePath. For a sequential create the caller appends the suffix first.
 */
export function validatePath(path: string | null): string | undefined {
  if (path === null) return 'Path cannot be null';
  if (path.length === 0) return 'Path length must be > 0';
  if (path.charCodeAt(0) !== SLASH) return 'Path must start with / character';
  if (path.length === 1) return undefined;
  if (path.charCodeAt(path.length - 1) === SLASH) return 'Path must not end with / character';
  for (let i = 1; i < path.length; i += 1) {
    const reason = reasonAt(path, i);
    if (reason !== undefined) return `Invalid path string "${path}" caused by ${reason} @${i}`;
  }
  return undefined;
}

/** Path of the parent; '' (the root's inner name) for a node below the root and for the root. */
export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '' : path.slice(0, slash);
}

/** Last component of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

const SLASH = 0x2f;
const DOT = 0x2e;

function reasonAt(path: string, i: number): string | undefined {
  const c = path.charCodeAt(i);
  if (c === 0) return 'null character not allowed';
  if (c === SLASH) {
    return path.charCodeAt(i - 1) === SLASH ? 'empty node name specified' : undefined;
  }
  if (c === DOT) return endsRelativeName(path, i) ? 'relative paths not allowed' : undefined;
  const isInvalid =
    c <= 0x1f || (c >= 0x7f && c <= 0x9f) || (c >= 0xd800 && c <= 0xf8ff) || c >= 0xfff0;
  return isInvalid ? 'invalid character' : undefined;
}

/** The dot at `i` ends a component that is exactly '.' or '..'. */
function endsRelativeName(path: string, i: number): boolean {
  if (i + 1 < path.length && path.charCodeAt(i + 1) !== SLASH) return false;
  const before = path.charCodeAt(i - 1);
  if (before === SLASH) return true;
  return before === DOT && path.charCodeAt(i - 2) === SLASH;
}
