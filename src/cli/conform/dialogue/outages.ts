/** Servers that die and come back under the consoles of a dialogue, and consoles that stand still. */
import { clientName, serverName } from '../../../bridge/names';
import { isAlive } from '../../../engine/client/library/cnxnState';
import { isAttached } from '../library/attached';
import { type Bench, command, NotFinished, wait, waitFor } from '../replay/bench';
import { awaitRecovery, awaitServing, startServers, upServers } from '../replay/ensemble';
import { type Console, exitOf, isClosed, isConnected } from './consoles';

/** How long what may take, ms of virtual time. */
const CONNECT_MS = 30_000;
const NOTICED_MS = 5_000;
const EXPIRY_MS = 60_000;

/** Until every console that was there has noticed, and whoever is left serves again. */
export function stopServer(bench: Bench, consoles: readonly Console[], sid: number): void {
  const concerned = consoles.filter(
    (console) => isConnected(bench, console) && console.state?.cnxn.server === sid,
  );
  command(bench, { type: 'crash', process: serverName(sid) });
  bench.servers.set(sid, 'down');
  const hasNoticed = ({ state }: Console) => state === undefined || !isAttached(state.cnxn);
  waitFor(bench, NOTICED_MS, () => concerned.every(hasNoticed));
  awaitRecovery(bench);
  if (bench.servers.size > 1) awaitConsoles(bench, consoles);
}

/** With the disk it had; until it serves and its consoles are back. */
export function restartServer(bench: Bench, consoles: readonly Console[], sid: number): void {
  startServers(bench, [sid]);
  awaitServing(bench, upServers(bench));
  awaitConsoles(bench, consoles);
}

/** Until every console whose session lives is connected to a server that is up. */
function awaitConsoles(bench: Bench, consoles: readonly Console[]): void {
  const up = upServers(bench);
  const isBack = (console: Console): boolean => {
    if (exitOf(bench, console) !== undefined || console.state === undefined) return true;
    const isAway = !console.hosts.some((sid) => up.includes(sid));
    return isAway || !isAlive(console.state.cnxn) || isConnected(bench, console);
  };
  if (!waitFor(bench, CONNECT_MS, () => consoles.every(isBack))) {
    const lost = consoles.filter((console) => !isBack(console)).map(({ name }) => name);
    throw new NotFinished(`console ${lost.join(', ')} does not connect again`);
  }
}

/** Its process stands still for longer than its session lasts: the server looks once a tick (ms). */
export function freezeConsole(bench: Bench, console: Console, tickTime: number): void {
  const process = clientName(console.letter);
  const timeoutMs = console.state?.cnxn.sessionTimeout ?? 0;
  command(bench, { type: 'pause', process });
  wait(bench, timeoutMs + 3 * tickTime);
  command(bench, { type: 'resume', process });
  if (!waitFor(bench, EXPIRY_MS, () => isClosed(bench, console))) {
    throw new NotFinished(`the session of console ${console.name} does not expire`);
  }
}
