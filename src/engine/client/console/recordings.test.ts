import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sessionText, type SessionId, type Zxid } from '../../../zk/ids';
import { clientMachine } from '../client';
import {
  lastConn,
  makeClient,
  onConn,
  receive,
  reply,
  type,
  type ClientHarness,
} from '../testEffects.test-support';
import { TwinServer } from '../twinServer.test-support';

/**
 * Every recorded step of the real zkCli for which a dumb twin of a server is enough, typed at the
 * console: no watches, ACLs, quotas, containers or TTLs. A step that needs more is passed over; when
 * it changed the server in the recording, the dialogue ends there. All dialogues are replayed in
 * front of the engine's own servers by the conformance run.
 */
interface Step {
  do?: string;
  client?: string;
  line?: string;
  output?: string[];
  err?: number[];
  prompt?: string;
  exit?: number;
  args?: string[];
  events?: { client: string; output: string[] }[];
}

interface Dialogue {
  name: string;
  ensemble: number;
  steps: Step[];
}

interface Player {
  harness: ClientHarness;
  letter: string;
  /** Sessions it had, oldest first. */
  sessions: SessionId[];
  /** Sent packets that were answered. */
  answered: number;
  /** Connections that were accepted or refused. */
  met: number;
  expired: boolean;
}

const FOLDER = 'oracle/zkcli';
/** They run without a terminal, below a chroot, or ask servers instead of consoles. */
const APART = /^(4lw|batch|stdin|chroot|README)/;
/** Commands that the twin does not know. */
const BEYOND_TWIN =
  /^(getAcl|setAcl|addauth|whoami|addWatch|removewatches|setquota|listquota|delquota|getEphemerals|getAllChildrenNumber|config|reconfig)\b|^(get|ls|stat|set|delete) .*-\w*w|^(get|ls|stat) \S+ \S+$|^create .*-\w*[ct]|^create \S+ \S+ \S+:\S+:/;
/** Those that leave the tree and its zxids alone. */
const HARMLESS =
  /^"?(get|ls|stat|addWatch|removewatches|addauth|getAcl|whoami|getAllChildrenNumber|getEphemerals|listquota|config)\b/;

const dialogues = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json') && !APART.test(file))
  .map((file) => JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')) as Dialogue);

describe('the console answers as the recorded zkCli 3.8.0', () => {
  let replayed = 0;
  let passedOver = 0;

  it.each(dialogues.map((dialogue) => [dialogue.name, dialogue] as const))('%s', (_, dialogue) => {
    const twin = new TwinServer(dialogue.ensemble === 1 ? 0 : 0x100000000);
    const players = new Map<string, Player>();
    let isUp = dialogue.name !== 'no-server';
    for (const step of dialogue.steps) {
      if (step.do === 'stop' || (step.do === 'start' && step.client === undefined)) {
        isUp = step.do === 'start';
        const before = counts(players);
        for (const player of players.values()) {
          if (!isUp) onConn(player.harness, 'closed');
          settle(twin, player, isUp);
          player.harness.advance(isUp ? 3000 : 100);
          settle(twin, player, isUp);
        }
        checkEvents(players, before, step);
        continue;
      }
      if (step.do === 'start') {
        const player = startPlayer(step);
        players.set(player.letter, player);
        settle(twin, player, isUp);
        expect(promptOf(player)).toBe(addressed(step.prompt as string));
        replayed += 1;
        continue;
      }
      const player = players.get(step.client as string) as Player;
      if (step.do?.startsWith('freeze')) {
        player.expired = true;
        twin.closeSession(player.sessions.at(-1) as SessionId);
        const before = counts(players);
        onConn(player.harness, 'closed');
        player.harness.advance(3000);
        settle(twin, player, isUp);
        player.harness.advance(200);
        checkEvents(players, before, step);
        continue;
      }
      if (step.line === undefined || step.prompt?.includes('AUTH_FAILED')) return;
      if (BEYOND_TWIN.test(unredone(player, step.line))) {
        passedOver += 1;
        if (!HARMLESS.test(step.line) || !step.prompt?.includes('(CONNECTED)')) return;
        // It takes its number and its place in the history.
        player.harness.state.zkCli.history[player.harness.state.zkCli.commandCount] = step.line;
        player.harness.state.zkCli.commandCount += 1;
        continue;
      }
      const before = counts(players);
      type(player.harness, addressed(step.line));
      settle(twin, player, isUp);
      for (let i = 0; i < 50 && isWaiting(player); i += 1) {
        player.harness.advance(100);
        settle(twin, player, isUp);
      }
      const lines = player.harness.state.zkCli.lines.slice(before.get(player.letter));
      const said = lines.filter(({ kind }) => kind === 'output' || kind === 'error');
      expect([step.line, said.map(({ text }) => named(text, players))]).toEqual([
        step.line,
        step.output?.filter((text) => text !== '<stack trace>'),
      ]);
      const errors = said.flatMap(({ kind }, i) => (kind === 'error' ? [i] : []));
      const expected = (step.err ?? []).filter((i) => step.output?.[i] !== '<stack trace>');
      expect([step.line, errors]).toEqual([step.line, expected]);
      checkEvents(players, before, step);
      expect(player.harness.exit?.code).toBe(step.exit);
      if (step.prompt !== undefined && !isLatePrompt(dialogue, step)) {
        expect(promptOf(player)).toBe(addressed(step.prompt as string));
      }
      replayed += 1;
    }
  });

  it('replays most of what was recorded', () => {
    expect(replayed).toBeGreaterThan(400);
    expect(passedOver).toBeGreaterThan(50);
  });
});

function startPlayer(step: Step): Player {
  const args = step.args as string[];
  const timeout = Number(args[args.indexOf('-timeout') + 1]);
  const host = /^zk(\d)/.exec(addressed(args.at(-1) as string))?.[1];
  return {
    harness: makeClient([Number(host)], Number.isNaN(timeout) ? 30_000 : timeout),
    letter: step.client as string,
    sessions: [],
    answered: 0,
    met: 0,
    expired: false,
  };
}

/** The line that a `redo` of it comes to. */
function unredone({ harness }: Player, line: string): string {
  const n = /^redo (\S+)$/.exec(line)?.[1];
  return n === undefined ? line : (harness.state.zkCli.history[Number(n)] ?? line);
}

/** The server answers whatever it was sent, again and again until the console asks nothing more. */
function settle(twin: TwinServer, player: Player, isUp: boolean): void {
  const { harness } = player;
  for (;;) {
    if (player.met < harness.opened.length) {
      player.met = harness.opened.length;
      onConn(harness, isUp ? 'accepted' : 'refused');
      continue;
    }
    const next = harness.sent[player.answered];
    if (next === undefined) return;
    player.answered += 1;
    const { packet, conn } = next;
    if (conn !== lastConn(harness)) continue;
    if (packet.kind === 'CONNECT') answerConnect(twin, player, packet.sessionId);
    else if (packet.kind === 'REQUEST' && 'xid' in packet && packet.xid > 0) {
      const session = player.sessions.at(-1) as SessionId;
      const { err, body } = twin.handle(session, packet.body);
      receive(
        harness,
        reply(packet.xid, { err, zxid: twin.zxid as Zxid, op: packet.body.op, body }),
      );
    }
  }
}

function answerConnect(twin: TwinServer, player: Player, sessionId: SessionId): void {
  if (player.expired && /[^0]/.test(sessionId)) {
    player.expired = false;
    const passwd = '0'.repeat(32);
    receive(player.harness, { kind: 'CONNECTED', timeOut: 0, sessionId, passwd });
    return;
  }
  if (!/[^0]/.test(sessionId)) player.sessions.push(twin.openSession());
  const session = player.sessions.at(-1) as SessionId;
  receive(player.harness, {
    kind: 'CONNECTED',
    timeOut: 30_000,
    sessionId: session,
    passwd: '11'.repeat(16),
    readOnly: false,
  });
}

function isWaiting({ harness }: Player): boolean {
  const { tasks, after } = harness.state.zkCli;
  return harness.exit === undefined && (tasks.length > 0 || after !== null);
}

function promptOf({ harness }: Player): string {
  const section = clientMachine.project(harness.state, 'console');
  return section?.type === 'console' ? section.prompt : '';
}

/** A recorded text with the addresses that servers have here; nobody is server 9. */
function addressed(text: string): string {
  return text.replace(/<host:port(?: (\d|nowhere))?>/g, (_, which) =>
    which === 'nowhere' ? 'zk9:2181' : `zk${which ?? 1}:2181`,
  );
}

/** Number of lines of each console. */
function counts(players: Map<string, Player>): Map<string, number> {
  return new Map(
    [...players].map(([name, { harness }]) => [name, harness.state.zkCli.lines.length]),
  );
}

/** Session events only: the twin has no watches. */
function checkEvents(players: Map<string, Player>, before: Map<string, number>, step: Step): void {
  for (const [name, { harness }] of players) {
    const lines = harness.state.zkCli.lines.slice(before.get(name));
    const events = lines.filter(({ kind }) => kind === 'event').map(({ text }) => text);
    const expected = (step.events ?? []).filter(
      ({ client, output }) => client === name && output[3]?.includes('type:None'),
    );
    expect([step.line, events]).toEqual([step.line, expected.flatMap(({ output }) => output)]);
  }
}

/** With the placeholders of the recordings. */
function named(text: string, players: Map<string, Player>): string {
  let out = text.replace(
    / [A-Z][a-z]{2} [A-Z][a-z]{2} \d\d [\d:]{8} UTC (?!1970)\d{4}$/,
    ' <time>',
  );
  out = out.replace('3.8.0-zabscope', '3.8.0-<build>');
  for (const { letter, sessions } of players.values()) {
    sessions.forEach((session, i) => {
      out = out.replace(sessionText(session), `<session ${letter}${i === 0 ? '' : i + 1}>`);
    });
  }
  return out;
}

/** The state in a prompt is free for a second after Disconnected (README of the recordings). */
function isLatePrompt(dialogue: Dialogue, step: Step): boolean {
  const before = dialogue.steps[dialogue.steps.indexOf(step) - 1];
  return before?.do === 'stop';
}
