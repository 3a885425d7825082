/** Keys of the whole page. A key that is typed into a field, a menu or a dialog is left to that. */
import { hasApp } from '../parts/sections';
import { serverOfKey } from './ensembles';
import { page, put } from './page';
import { changeSpeed, togglePlay } from './player';
import { command, nextStage, previousStage, step, stepBack } from './run';

/** The console's field; the `/` key goes there. */
export const CONSOLE_FIELD_ID = 'zkcli-command';

/** More steps than this are not queued: a held key must stop when it is let go. */
const PENDING_MAX = 2;

/** For the whole life of the page. */
export function listenToKeys(): void {
  window.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTaken(event)) return;
    if (onKey(event.key, event.shiftKey)) event.preventDefault();
  });
  giveKeysBack();
}

/**
 * What was used by the mouse lets go of the focus, or the next press of the space bar would press it again instead
 * of playing. Whoever walks by keyboard keeps the focus.
 */
function giveKeysBack(): void {
  let isMouse = false;
  const letGo = () => {
    const { activeElement } = document;
    if (!isMouse || !(activeElement instanceof HTMLElement)) return;
    if (!activeElement.matches('button, select, input[type=radio]')) return;
    if (activeElement.closest('dialog, [role=dialog], [role=menu]') === null) activeElement.blur();
  };
  window.addEventListener('pointerdown', () => {
    isMouse = true;
  });
  window.addEventListener(
    'keydown',
    () => {
      isMouse = false;
    },
    { capture: true },
  );
  window.addEventListener('click', letGo);
  window.addEventListener('change', letGo);
}

function isTaken(event: KeyboardEvent): boolean {
  if (!(event.target instanceof Element)) return false;
  if (event.target.closest('input, textarea, select, dialog, [role=dialog], [role=menu]')) {
    return true;
  }
  const isPress = event.key === ' ' || event.key === 'Enter';
  if (isPress)
    return event.target.closest('button, a, summary, [role=tab], [role=button]') !== null;
  // Tabs and trees have their own arrows.
  return event.key.startsWith('Arrow') && event.target.closest('[role=tab], [role=tree]') !== null;
}

/** True when the key means something here. */
function onKey(key: string, shift: boolean): boolean {
  const { frame, pending } = page();
  if (frame === undefined) return false;
  const isFree = pending < PENDING_MAX;
  switch (key) {
    case ' ':
      togglePlay();
      return true;
    case 'ArrowRight':
    case 'PageDown':
      if (isFree) void (shift ? nextStage() : step());
      return true;
    case 'ArrowLeft':
    case 'PageUp':
      if (isFree) void (shift ? previousStage() : stepBack());
      return true;
    case 'ArrowUp':
      changeSpeed(1);
      return true;
    case 'ArrowDown':
      changeSpeed(-1);
      return true;
    case 'v':
      if (!hasApp(frame)) return false;
      put({ view: page().view === 'application' ? 'ensemble' : 'application' });
      return true;
    case 'c':
      return crashOrRestart();
    case '/':
      document.getElementById(CONSOLE_FIELD_ID)?.focus();
      return true;
    case '?':
      put({ isHelpOpen: true });
      return true;
    case 'Escape':
      put({ selection: undefined });
      return true;
    default:
      return /^[1-9]$/.test(key) && selectServer(Number(key));
  }
}

function selectServer(sid: number): boolean {
  const { frame } = page();
  const server = frame === undefined ? undefined : serverOfKey(frame, sid);
  if (server === undefined) return false;
  put({ selection: { type: 'server', name: server.name } });
  return true;
}

function crashOrRestart(): boolean {
  const { frame, selection } = page();
  if (selection?.type !== 'server' && selection?.type !== 'client') return false;
  const process = frame?.processes[selection.name];
  if (process === undefined) return false;
  const type = process.status === 'down' ? 'restart' : 'crash';
  void command({ type, process: process.name });
  return true;
}
