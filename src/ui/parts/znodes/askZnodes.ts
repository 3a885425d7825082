/** How a part of the page gets znodes that no frame holds; who draws the page says how. */
import { createContext, useContext } from 'react';
import type { ProcessName } from '../../../bridge/names';
import type { ZnodesPage, ZnodesWish } from '../../../bridge/znodeViews';

/** Undefined: that server shows nothing at the event that is shown. */
export type AskZnodes = (server: ProcessName, wish: ZnodesWish) => Promise<ZnodesPage | undefined>;

export const AskZnodesContext = createContext<AskZnodes>(() => Promise.resolve(undefined));

export function useAskZnodes(): AskZnodes {
  return useContext(AskZnodesContext);
}
