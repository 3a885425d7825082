/**
 * Reads and writes told as a tale of a village, for those who like to see offices rather than processors. What has
 * no sentence here is told plainly. The servers are offices, their logs notebooks, their trees boards on the wall.
 */
import type { CAPTIONS } from './captions';

type Told = keyof typeof CAPTIONS extends infer Key
  ? Key extends `caption.${infer Rest}`
    ? `tale.${Rest}`
    : never
  : never;

export const TALE = {
  'tale.who.leader': 'The head office {{name}}',
  'tale.who.follower': 'Branch office {{name}}',
  'tale.who.server': 'Office {{name}}',
  'tale.who.client': 'Villager {{name}}',
  'tale.whom.leader': 'the head office {{name}}',
  'tale.whom.follower': 'branch office {{name}}',
  'tale.whom.server': 'office {{name}}',
  'tale.whom.client': 'villager {{name}}',

  'tale.order.typedAndSends':
    '{{who}} has something on the heart, “{{line}}”, and hands {{request}} in at the office.',
  'tale.request.received':
    '{{who}}: the porter takes the slip {{request}} from {{peer}} at the door.',
  'tale.throttler.prep': '{{who}}: the porter passes {{request}} on to the counter for numbers.',
  'tale.throttler.follower':
    '{{who}}: the porter passes {{request}} on to the counter that sorts asking from wishing.',
  'tale.forwarded':
    '{{who}} gets {{request}}, which {{peer}} sent on: into the line before the counter for numbers.',

  'tale.follower.read':
    '{{who}} keeps {{request}}: who only asks is answered from the board on this wall.',
  'tale.follower.write':
    '{{who}} lays {{request}} on the operator’s table and sends a copy to the head office: only there wishes get numbers.',
  'tale.prep.read':
    '{{who}}: the counter for numbers sees that {{request}} only asks, and gives it none.',
  'tale.prep.write': '{{who}}: the counter for numbers stamps {{zxid}} on {{request}}.',
  'tale.prep.proposes':
    '{{who}} puts {{request}} on the tally sheet and has every branch called: write this down!',
  'tale.prep.logs': '{{who}} gives {{request}} to its own notebook keeper, too.',
  'tale.sender.sends': '{{who}} rings office {{to}}: {{kind}}.',
  'tale.proposal.logged':
    '{{who}} hears on the telephone: write down {{request}}! A copy waits in the tray; the keeper opens the notebook.',

  'tale.sync.append': '{{who}}: the keeper writes {{request}} into the notebook; the ink is wet.',
  'tale.sync.fsync':
    '{{who}}: the ink is dry up to {{zxid}}. Even a fire in the office would spare that page.',
  'tale.sync.readWaits': '{{who}}: {{request}} waits until the ink before it is dry.',
  'tale.sync.ackSent': '{{who}} rings the head office: {{request}} is written down.',
  'tale.sync.ackBuffered': '{{who}} will report {{request}} with the rest of the page.',
  'tale.sync.ownAck':
    '{{who}} makes a tick of its own for {{request}}: its notebook counts like any other.',
  'tale.sync.ownAckCommits':
    '{{who}} makes its own tick for {{request}}, and with that more than half have it. Settled!',
  'tale.ack.noted': '{{who}} makes a tick on the tally sheet: {{peer}} has {{acked}} written down.',
  'tale.ack.commits':
    '{{who}} makes a tick for {{peer}}: {{quorum}} notebooks have {{request}}, more than half. It is settled.',
  'tale.commitPacket.queued':
    '{{who}} hears on the telephone that {{zxid}} is settled: {{request}}, topmost in the tray, goes to the operator.',

  'tale.commit.waits':
    '{{who}}: the operator holds {{request}} back; whatever this villager asks behind a wish waits for the wish.',
  'tale.commit.worker':
    '{{who}}: the operator lets {{request}} through: this villager has no wish that waits.',
  'tale.commit.released_one':
    '{{who}}: the wish before it is settled, and the operator lets {{request}} through.',
  'tale.commit.released_other':
    '{{who}}: the wish before them is settled, and the operator lets {{count}} questions through at once.',
  'tale.commit.sync': '{{who}} has on the board all that was before {{request}}, and says so.',

  'tale.apply.remote':
    '{{who}} puts {{request}} on its board; whoever wished it stands at another office.',
  'tale.apply.replies': '{{who}} puts {{request}} on its board and tells the villager: done.',
  'tale.apply.failed':
    '{{who}} leaves the board as it is: {{request}}, {{err}}. The number is used up.',
  'tale.apply.failedAndReplies':
    '{{who}} leaves the board as it is and tells the villager about {{request}}: {{err}}.',
  'tale.apply.tells_one':
    '{{who}} puts {{request}} on its board and calls out to a villager who waited for it.',
  'tale.apply.tells_other':
    '{{who}} puts {{request}} on its board and calls out {{count}} times to villagers who waited for it.',
  'tale.apply.tellsAndReplies_one':
    '{{who}} puts {{request}} on its board, calls out to a villager who waited for it, and then says: done.',
  'tale.apply.tellsAndReplies_other':
    '{{who}} puts {{request}} on its board, calls out {{count}} times to villagers who waited for it, and then says: done.',

  'tale.worker.read': '{{who}} reads {{request}} off its own board, as it hangs there just now.',
  'tale.worker.readAndWatch':
    '{{who}} reads {{request}} off its own board and notes that this villager wants to be called.',
  'tale.worker.readError': '{{who}} looks for {{request}} on its own board: {{err}}.',
  'tale.reply.ok': '{{who}} has the answer to {{request}} and goes home.',
  'tale.reply.error': '{{who}} has the answer to {{request}}: {{err}}.',
} as const satisfies Partial<Record<Told, string>>;
