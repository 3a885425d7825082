/**
 * The first paths of a table in code unit order, for whoever looks at a tree: kept up to date
 * by each creation and removal, since going through a large table takes long. Copied on write
 * by generations, as the maps are (cowMap.ts).
 */
export interface FirstPaths {
  gen: number;
  /** Ascending. */
  paths: string[];
  /** There are no others. */
  isAll: boolean;
}

/** So many can be named at least, if there are so many. */
export const FIRST_MAX = 1000;
/** So many go or come before all are gone through again, or the last of these dropped. */
const SPARE = 500;

export function noPaths(gen: number): FirstPaths {
  return { gen, paths: [], isAll: true };
}

/** Returns what the writer of generation `gen` has from now on, with a path that was not there. */
export function withPath(first: FirstPaths, gen: number, path: string): FirstPaths {
  const { paths, isAll } = first;
  const last = paths[paths.length - 1];
  if (!isAll && last !== undefined && path > last) return first;
  const own = ownFirst(first, gen);
  own.paths.splice(placeOf(paths, path), 0, path);
  if (own.paths.length > FIRST_MAX + 2 * SPARE) {
    own.paths.length = FIRST_MAX + SPARE;
    own.isAll = false;
  }
  return own;
}

/** Likewise without a path that was there; undefined: too few are left to name the first. */
export function withoutPath(first: FirstPaths, gen: number, path: string): FirstPaths | undefined {
  const at = placeOf(first.paths, path);
  if (first.paths[at] !== path) return first;
  if (!first.isAll && first.paths.length <= FIRST_MAX) return undefined;
  const own = ownFirst(first, gen);
  own.paths.splice(at, 1);
  return own;
}

/** Goes through all: `forEach` visits each path once, in any order. */
export function findFirst(
  forEach: (visit: (path: string) => void) => void,
  gen: number,
  max = FIRST_MAX,
): FirstPaths {
  const kept = max + SPARE;
  const found: string[] = [];
  let last: string | undefined;
  let isAll = true;
  const drop = () => {
    found.sort();
    if (found.length <= kept) return;
    isAll = false;
    found.length = kept;
    last = found[kept - 1];
  };
  forEach((path) => {
    if (last !== undefined && path > last) return;
    found.push(path);
    if (found.length >= 2 * kept) drop();
  });
  drop();
  return { gen, paths: found, isAll };
}

function ownFirst(first: FirstPaths, gen: number): FirstPaths {
  return first.gen === gen ? first : { gen, paths: first.paths.slice(), isAll: first.isAll };
}

/** How many are before the path. */
function placeOf(paths: readonly string[], path: string): number {
  let low = 0;
  let high = paths.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((paths[middle] as string) < path) low = middle + 1;
    else high = middle;
  }
  return low;
}
