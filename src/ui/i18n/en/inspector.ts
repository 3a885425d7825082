/** Texts of the inspector. Names of classes, fields and states are ZooKeeper's and stay as they are. */
export const INSPECTOR: Record<string, string> = {
  'inspector.name': 'Inspector',
  'inspector.close': 'Close inspector',
  'inspector.gone': 'It is not there at this moment.',
  'inspector.none': 'none',
  'inspector.status.down': 'It is dead. What is on its disk stays.',
  'inspector.status.paused': 'It is paused: all its threads stand still, its clock goes on.',
  'inspector.processors': 'processors',
  'inspector.waiting_one': '{{count}} waits',
  'inspector.waiting_other': '{{count}} wait',
  'inspector.sessions': 'sessions',
  'inspector.session': 'session',
  'inspector.expires': 'expires',
  'inspector.closing': 'closing',
  'inspector.disk': 'disk',
  'inspector.phase': 'phase',
  'inspector.lastAck': 'last ACK',
  'inspector.event': 'event {{event}}',

  'inspector.votes': 'votes in round {{round}}',
  'inspector.votes.rule':
    'A vote wins by larger epoch, then larger zxid, then larger server id. {{quorum}} equal votes out of {{voters}} make a leader.',
  'inspector.from': 'from',
  'inspector.state': 'state',
  'inspector.own': '{{sid}} (own)',
  'inspector.nothing': 'nothing heard in this round',
  'inspector.because.own': 'It proposes itself: nothing better was heard.',
  'inspector.because.higherEpoch': 'It took this vote over: its epoch is larger.',
  'inspector.because.higherZxid': 'It took this vote over: same epoch, larger zxid.',
  'inspector.because.higherSid': 'It took this vote over: same epoch and zxid, larger server id.',
  'inspector.because.higherRound': 'A later round had begun elsewhere: it joined that.',
  'inspector.because.final': 'This is the vote with which the election ended here.',

  'inspector.thread': 'A thread of its own: {{thread}}.',
  'inspector.call': 'A plain call, on the thread {{thread}}.',
  'inspector.notNow': 'Server {{sid}} does not have it in its present role.',
  'inspector.freeze': 'Freeze this thread',
  'inspector.thaw': 'Thaw this thread',
  'inspector.step': 'Let it do one item',

  'inspector.message.gone': 'This message is no longer in flight.',
  'inspector.request': 'request',
  'inspector.bytes_one': '{{count}} byte on the wire',
  'inspector.bytes_other': '{{count}} bytes on the wire',
  'inspector.bytes.name': 'Bytes and fields',
  'inspector.bytes.hidden_one': '+ {{count}} byte',
  'inspector.bytes.hidden_other': '+ {{count}} bytes',
  'inspector.bytes.more_one': '{{count}} more field',
  'inspector.bytes.more_other': '{{count}} more fields',
  'inspector.bytes.snapshot': 'Behind it comes the snapshot, as a stream of its own.',
  'inspector.bytes.error.end':
    'Not to be read: the bytes end too early for {{field}}, which begins at byte {{offset}}.',
  'inspector.bytes.error.length':
    'Not to be read: {{field}}, at byte {{offset}}, has a length that cannot be.',
  'inspector.bytes.error.value':
    'Not to be read: {{field}}, at byte {{offset}}, has a value that means nothing.',
  'inspector.sentAt': 'sent',
  'inspector.arrivesAt': 'arrives',
  'inspector.deliver': 'Deliver now',
  'inspector.hold': 'Hold {{from}} → {{to}}',
  'inspector.release': 'Release {{from}} → {{to}}',
  'inspector.waits.cut': 'Its link is cut: it waits until the link is healed.',
  'inspector.waits.held': 'It is held, or one before it is: a connection keeps its order.',
  'inspector.waits.paused': 'It is there, but the process that should read it is paused.',

  'inspector.onServer': 'as server {{sid}} has it',
  'inspector.noNode': 'Server {{sid}} has no such znode.',
  'inspector.elsewhere': 'on the others',
  'inspector.absent': 'not there',
  'inspector.same': 'the same',

  'inspector.believes': 'what the client believes',
  'inspector.heard': 'last heard from a server {{ago}} ago',
  'inspector.leaderKnows': 'what the leader knows',
  'inspector.leaderKnows.nothing': 'No leader knows a session of this client.',

  'inspector.journey_one': 'journey: {{count}} step in {{took}}',
  'inspector.journey_other': 'journey: {{count}} steps in {{took}}',
  'inspector.journey.name': 'Journey',
  'inspector.journey.none': 'The trace that is kept holds no step of this request.',
  'inspector.step.deliver': '{{kind}} arrives from {{peer}}',
  'inspector.step.send': '{{kind}} sent to {{peer}}',
  'inspector.step.enqueue': 'into {{queue}} of {{thread}}',
  'inspector.step.call': 'calls {{name}}',
  'inspector.step.work': 'worked on',
  'inspector.step.workName': '{{name}}',
  'inspector.step.disk': 'the disk is done with {{name}}',
  'inspector.step.append': 'appended to the log',
  'inspector.step.fsync': 'log forced to disk',
  'inspector.step.propose': 'proposed',
  'inspector.step.ack': 'acknowledged',
  'inspector.step.commit': 'a quorum has it: committed',
  'inspector.step.apply': 'applied to the tree',
  'inspector.step.applyError': 'applied as an error: {{err}}',
  'inspector.step.reply': 'reply: {{err}}',
  'inspector.step.result': 'the call ends: {{err}}',
  'inspector.step.other': '{{type}} {{name}}',

  'inspector.processor.RequestThrottler':
    'Takes what the clients send, refreshes their sessions and hands on. It could hold requests back when too many are under way; by default it does not.',
  'inspector.processor.LeaderRequestProcessor':
    'The door for the leader’s own clients. What followers forward does not pass here.',
  'inspector.processor.PrepRequestProcessor':
    'Gives each write its zxid and checks it against the tree as it will be once all earlier proposals are applied. Its queue is the order of all writes. A write that fails here keeps its zxid and travels on as an error.',
  'inspector.processor.ProposalRequestProcessor':
    'Hands each request to CommitProcessor; a write it also proposes to the followers and gives to the leader’s own SyncRequestProcessor.',
  'inspector.processor.CommitProcessor':
    'Keeps each session in order: a write waits here for its commit, and the reads behind it in the same session wait with it. Reads of other sessions pass. Commits are taken one at a time, in zxid order, and never while a read runs.',
  'inspector.processor.ToBeAppliedRequestProcessor':
    'Calls FinalRequestProcessor, then strikes the proposal off the leader’s toBeApplied.',
  'inspector.processor.FinalRequestProcessor':
    'Applies a write to the tree, fires its watches, or reads; then answers, if the client hangs on this server.',
  'inspector.processor.SyncRequestProcessor':
    'Writes each transaction to the log, then forces a whole batch to disk at once. Nothing is acknowledged before that.',
  'inspector.processor.AckRequestProcessor':
    'The leader’s own acknowledgement, counted only after its log is on disk.',
  'inspector.processor.SendAckRequestProcessor':
    'Sends an ACK to the leader for each transaction that is safe on this follower’s disk.',
  'inspector.processor.FollowerRequestProcessor':
    'Gives every request to CommitProcessor first; then forwards writes and syncs to the leader. Reads stay here.',
  'inspector.processor.ObserverRequestProcessor':
    'As on a follower; an observer has no vote and sends no ACK.',
};
