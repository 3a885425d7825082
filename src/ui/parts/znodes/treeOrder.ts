/** Znodes in the order of a tree, as text: depth first, siblings by name, `/zookeeper` last. */
import type { ZnodeView } from '../../../bridge/znodeViews';

/** 0 for the root. */
export function depthOf(path: string): number {
  return path === '/' ? 0 : path.split('/').length - 1;
}

/** The last component; `/` for the root. */
export function nameOf(path: string): string {
  return path === '/' ? '/' : path.slice(path.lastIndexOf('/') + 1);
}

/** Made by `create -s`, as far as a name can tell: ten digits at its end. */
export function isSequential(path: string): boolean {
  return /\d{10}$/.test(path);
}

/** System nodes stand back. */
export function isSystem(path: string): boolean {
  return path === '/zookeeper' || path.startsWith('/zookeeper/');
}

/** A new array. */
export function inTreeOrder(nodes: readonly ZnodeView[]): ZnodeView[] {
  return nodes
    .map((node) => ({ node, key: keyOf(node.path) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ node }) => node);
}

/** Sorts as the tree is walked: a slash before every character that a name may have. */
function keyOf(path: string): string {
  if (path === '/') return '';
  return (isSystem(path) ? '\uffff' : '') + path.replaceAll('/', '\u0001');
}
