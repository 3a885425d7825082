/**
 * The sentences of what just happened. `{{who}}` begins a sentence, `{{peer}}` stands in one;
 * `{{request}}` is drawn as a chip.
 */
export const CAPTIONS = {
  'caption.unknown': '{{who}}: {{what}}',
  'caption.who.leader': 'Leader {{name}}',
  'caption.who.follower': 'Follower {{name}}',
  'caption.who.server': 'Server {{name}}',
  'caption.who.client': 'Client {{name}}',
  'caption.whom.leader': 'leader {{name}}',
  'caption.whom.follower': 'follower {{name}}',
  'caption.whom.server': 'server {{name}}',
  'caption.whom.client': 'client {{name}}',

  'caption.connect.new':
    '{{who}} gives {{peer}} a session id and sends {{request}} through its own chain: a session is a write.',
  'caption.connect.resumed':
    '{{who}} knows the session of {{peer}}: it goes on as if nothing had been.',
  'caption.connect.revalidate':
    '{{who}} cannot judge whether the session of {{peer}} lives and asks the leader: REVALIDATE.',
  'caption.connect.invalid': '{{who}} tells {{peer}} that its session is over.',
  'caption.connect.refusedZxid':
    '{{who}} turns {{peer}} away: the client has seen {{zxid}}, this server has not come that far.',
  'caption.connect.refusedReadOnly':
    '{{who}} serves reads only and turns {{peer}} away: that wants a server that also writes.',
  'caption.connect.notServing': '{{who}} serves nobody now and hangs up on {{peer}}.',
  'caption.connect.unread': 'The connect request of {{peer}} waits unread at {{self}}.',
  'caption.frameTooLong':
    '{{who}} hangs up on {{peer}}: its frame of {{length}} bytes is longer than jute.maxbuffer.',
  'caption.auth.ok':
    '{{who}} notes who stands behind the connection of {{peer}}: its requests carry that from now on.',
  'caption.auth.failed':
    '{{who}} cannot tell from {{request}} who {{peer}} is: it answers AUTHFAILED and hangs up.',
  'caption.fourLetter.answered': '{{who}} answers the four letters “{{word}}” and hangs up.',
  'caption.fourLetter.refused': '{{who}} has no answer to “{{word}}” and hangs up.',
  'caption.fourLetter.unread': '{{who}} does not read from {{peer}} yet: “{{word}}” waits.',
  'caption.fourLetter.text': '{{who}} has the answer of {{peer}} to its four letters.',
  'caption.event': '{{who}} is told by {{peer}}: {{type}} {{path}}.',
  'caption.request.received':
    '{{who}} reads {{request}} from {{peer}} and puts it into the submittedRequests of RequestThrottler.',
  'caption.request.notServing':
    '{{who}} serves nobody now: it hangs up on {{peer}}, and {{request}} is lost.',
  'caption.request.unread':
    '{{who}} does not read from {{peer}} yet: {{request}} waits on the wire.',
  'caption.request.ping': '{{who}} reads a ping of {{peer}}.',
  'caption.connected': '{{who}} has its session: {{peer}} answers CONNECTED.',
  'caption.connectedAndSends':
    '{{who}} has its session again and sends what was waiting: {{request}}.',
  'caption.connectedAndRestores':
    '{{who}} has its session again; who it is and what it watches goes ahead of all else: {{request}}.',
  'caption.connectedReadOnly':
    '{{who}} has found a server without a leader: it may read there, and looks for a better one.',
  'caption.connectedExpired': '{{who}} learns that its session is over.',
  'caption.connectedStray': '{{who}} gets an answer of {{peer}} on a connection that it gave up.',
  'caption.reply.ok': '{{who}} has the reply to {{request}}: done.',
  'caption.reply.error': '{{who}} has the reply to {{request}}: {{err}}.',
  'caption.reply.closed': '{{who}} has the reply to {{request}}: its session is closed.',
  'caption.reply.auth': '{{who}} hears that {{peer}} knows now who it is.',
  'caption.reply.authFailed':
    '{{who}} hears that {{peer}} does not accept who it says it is: its session is of no use any more.',
  'caption.reply.setWatches': '{{who}} hears that its watches stand at {{peer}} now.',
  'caption.reply.stray': '{{who}} gets a reply on a connection that it gave up.',
  'caption.reply.ping': '{{who}} hears from {{peer}}: the reply to its ping.',

  'caption.followerInfo.noted':
    '{{who}} notes that {{peer}} will follow; its last accepted epoch is {{accepted}}.',
  'caption.followerInfo.answered': '{{who}} has its epoch already and tells {{peer}}: LEADERINFO.',
  'caption.leaderInfo.writes':
    '{{who}} hears of epoch {{epoch}} and writes acceptedEpoch to its disk before it agrees.',
  'caption.leaderInfo.acks': '{{who}} has accepted epoch {{epoch}} before and answers ACKEPOCH.',
  'caption.ackEpoch.noted':
    '{{who}} notes that {{peer}} accepts the epoch; its last zxid is {{zxid}}.',
  'caption.ackEpoch.syncs':
    '{{who}} notes that {{peer}} accepts the epoch with last zxid {{zxid}}: {{mode}} will follow.',
  'caption.ackEpoch.refused':
    '{{who}} hangs up on {{peer}}, which knows more than the leader does.',
  'caption.sync.DIFF':
    '{{who}} gets DIFF: it keeps what it has and takes what it lacks, up to {{zxid}}.',
  'caption.sync.TRUNC': '{{who}} gets TRUNC: it cuts off of its log what lies behind {{zxid}}.',
  'caption.sync.SNAP':
    '{{who}} gets SNAP: the leader’s whole tree at {{zxid}} takes the place of its own.',
  'caption.newLeader':
    '{{who}} gets NEWLEADER: first its history goes to disk, then it acknowledges.',
  'caption.upToDate': '{{who}} is UPTODATE: it lets clients in.',
  'caption.proposal.logged':
    '{{who}} takes PROPOSAL {{request}}: into pendingTxns, and to SyncRequestProcessor for its log.',
  'caption.proposal.later': '{{who}} gets PROPOSAL {{zxid}} and keeps it for later.',
  'caption.commitPacket.queued':
    '{{who}} hears COMMIT {{zxid}}: the head of pendingTxns, {{request}}, moves into committedRequests.',
  'caption.commitAndActivate':
    '{{who}} gets COMMITANDACTIVATE {{zxid}}: the new membership is committed and holds.',
  'caption.commitPacket.later': '{{who}} gets COMMIT {{zxid}} and keeps it for later.',
  'caption.commitPacket.applied':
    '{{who}} applies {{zxid}} of the history to the tree it was given.',
  'caption.ack.commits':
    '{{who}} counts the ACK of {{peer}}: {{quorum}} have {{request}} on disk, a majority. It commits.',
  'caption.ack.noted': '{{who}} notes the ACK of {{peer}} for {{acked}}.',
  'caption.ack.newLeader': '{{who}} notes that {{peer}} has acknowledged NEWLEADER.',
  'caption.ack.established':
    '{{who}} has a majority behind NEWLEADER: it is the leader of this epoch and serves.',
  'caption.ack.refused': '{{who}} hangs up on {{peer}}, whose ACK it cannot place.',
  'caption.syncPacket':
    '{{who}} gets SYNC: all that was proposed before {{request}} has been sent to it.',
  'caption.forwarded':
    '{{who}} takes {{request}}, forwarded by {{peer}}, into the queue of PrepRequestProcessor.',
  'caption.forwardedUnread': '{{who}} does not read from {{peer}} yet: {{request}} waits.',
  'caption.ping.toLeader': '{{who}} hears from {{peer}}, and which sessions live there.',
  'caption.ping.toLearner': '{{who}} answers the ping of {{peer}}.',
  'caption.revalidate.asked': '{{who}} looks up the session that {{peer}} asks about.',
  'caption.revalidate.valid': '{{who}} hears that the session lives and lets its client go on.',
  'caption.revalidate.invalid': '{{who}} hears that the session is over.',
  'caption.hello.kept':
    '{{who}} keeps the connection that {{peer}} opened: of a pair, the larger sid’s stays.',
  'caption.hello.callsBack':
    '{{who}} closes the connection of {{peer}} and calls back: the larger sid’s stays.',
  'caption.notification.arrives': '{{who}} gets a NOTIFICATION of {{peer}}.',
  'caption.notification.answered': '{{who}} answers {{peer}} with its own vote.',

  'caption.violation.commitInconsistent':
    '{{who}} gets COMMIT {{zxid}}, which is not the head of pendingTxns: it ends itself.',
  'caption.violation.commitWithoutProposal':
    '{{who}} gets COMMIT {{zxid}} without a proposal and ignores it.',
  'caption.violation.syncWithoutRequest': '{{who}} gets a SYNC that nobody asked for.',
  'caption.violation.newLeaderAckZxid':
    '{{who}} gets an ACK of NEWLEADER with a wrong zxid, {{zxid}}.',
  'caption.violation.unexpectedPacket': '{{who}} gets a packet that has no place here.',

  'caption.elected.leading': '{{who}} has a majority for itself, {{vote}}: it leads.',
  'caption.elected.following': '{{who}} has a majority for {{sid}}, {{vote}}: it follows.',
  'caption.election.better':
    '{{who}} hears of a better vote just before the end and goes on counting.',
  'caption.election.changes.higherEpoch':
    '{{who}} hears {{vote}}: a larger epoch than its own vote has. It votes for {{sid}} now.',
  'caption.election.changes.higherZxid':
    '{{who}} hears {{vote}}: same epoch, larger zxid. It votes for {{sid}} now and tells everyone.',
  'caption.election.changes.higherSid':
    '{{who}} hears {{vote}}: same epoch, same zxid, larger sid. It votes for {{sid}} now and tells everyone.',
  'caption.election.changes.higherRound':
    '{{who}} hears of round {{round}}: it joins that round and votes {{own}}.',
  'caption.election.count.own': '{{who}} counts its own vote {{vote}}.',
  'caption.election.count.counted': '{{who}} counts the vote {{vote}} of {{peer}}.',
  'caption.election.count.ignoredRound':
    '{{who}} ignores {{vote}}: it is of the older round {{round}}.',
  'caption.election.count.ignoredNotVoter': '{{who}} ignores {{vote}}: not by a voter.',
  'caption.election.count.outOfElection':
    '{{who}} notes {{vote}} of {{peer}}, which takes part in no election.',
  'caption.election.count.discarded':
    '{{who}} drops {{vote}}: no better than what it is about to settle for.',
  'caption.looking': '{{who}} looks for a leader: nobody may write here until one stands.',
  'caption.lookingBecause': '{{who}} gives up its role ({{reason}}) and looks for a leader.',
  'caption.exit': '{{who}} ends itself: {{reason}}.',

  'caption.unread': '{{who}} does not read now: {{kind}} of {{peer}} waits.',
  'caption.void': '{{who}}: {{thread}} had work that its role took along.',
  'caption.replayed': '{{who}}: {{thread}} takes up what waited while it stood still.',
  'caption.throttler.prep':
    '{{who}}: RequestThrottler lets {{request}} pass, on to PrepRequestProcessor.',
  'caption.throttler.follower':
    '{{who}}: RequestThrottler lets {{request}} pass, on to FollowerRequestProcessor.',
  'caption.throttler.readOnly':
    '{{who}}: RequestThrottler lets {{request}} pass, on to ReadOnlyRequestProcessor.',
  'caption.readOnly.refused':
    '{{who}} has no leader: it refuses {{request}}, which is no read (NOTREADONLY).',
  'caption.readOnly.passes': '{{who}} lets {{request}} pass: what it has can be read.',
  'caption.throttler.void': '{{who}} drops {{request}}: its connection is gone.',
  'caption.throttler.dropped': '{{who}} drops {{request}}: its session is over.',
  'caption.prep.write':
    '{{who}} gives {{request}} the zxid {{zxid}} and turns it into a transaction.',
  'caption.prep.read':
    '{{who}}: PrepRequestProcessor checks the session of {{request}}; a read gets no zxid.',
  'caption.prep.proposes':
    '{{who}} proposes {{request}}: into outstandingProposals, and a PROPOSAL for every follower.',
  'caption.prep.logs': '{{who}} queues {{request}} for its own log, too.',
  'caption.prep.sync': '{{who}} will answer the sync once all that is proposed is committed.',
  'caption.sync.append': '{{who}} writes {{request}} to its log; it is not forced to disk yet.',
  'caption.sync.appendFailed':
    '{{who}} cannot write {{request}} to its log: it goes out of service.',
  'caption.sync.readWaits': '{{who}}: {{request}} waits behind a write until that is on disk.',
  'caption.sync.fsync':
    '{{who}} has forced its log to disk, up to {{zxid}}: that survives a crash.',
  'caption.sync.fsyncFailed': '{{who}} cannot force its log to disk: it goes out of service.',
  'caption.sync.ackSent': '{{who}} sends its ACK for {{request}} to the leader.',
  'caption.sync.ackBuffered': '{{who}} will acknowledge {{request}} with the rest of its batch.',
  'caption.sync.ownAck':
    '{{who}} acknowledges {{request}} itself: its own log counts like any other.',
  'caption.sync.ownAckCommits':
    '{{who}} acknowledges {{request}} itself, and with that a majority has it. It commits.',
  'caption.commit.waits':
    '{{who}}: {{request}} waits in pendingRequests, as all of its session behind a write does.',
  'caption.commit.sync': '{{who}} has applied all that was before {{request}} and replies.',
  'caption.commit.worker':
    '{{who}}: {{request}} may pass at once: no write of its session stands before it.',
  'caption.commit.released_one':
    '{{who}}: {{request}} waited for the write before it and is released.',
  'caption.commit.released_other':
    '{{who}}: {{count}} reads waited for the write before them and are released together.',
  'caption.apply.remote':
    '{{who}} applies {{request}} to its tree; its client is at another server.',
  'caption.apply.replies': '{{who}} applies {{request}} to its tree and replies to its client.',
  'caption.apply.failed': '{{who}} passes {{request}} over: {{err}}. Only {{zxid}} counts.',
  'caption.apply.failedAndReplies': '{{who}} changes nothing for {{request}} and replies {{err}}.',
  'caption.apply.multi':
    '{{who}} applies all parts of {{request}} at once; its client is at another server.',
  'caption.apply.multiReplies':
    '{{who}} applies all parts of {{request}} at once and replies to its client.',
  'caption.apply.multiFailed':
    '{{who}} applies no part of {{request}}, since one of them failed: {{err}}.',
  'caption.apply.multiFailedAndReplies':
    '{{who}} applies no part of {{request}}, since one failed ({{err}}), and replies part by part.',
  'caption.apply.container':
    '{{who}} removes a znode that nobody needs any more: {{request}} is applied.',
  'caption.apply.tells_one':
    '{{who}} applies {{request}} to its tree and tells a client that watched.',
  'caption.apply.tells_other':
    '{{who}} applies {{request}} to its tree; {{count}} events go to clients that watched.',
  'caption.apply.tellsAndReplies_one':
    '{{who}} applies {{request}}, tells a client that watched, and only then replies.',
  'caption.apply.tellsAndReplies_other':
    '{{who}} applies {{request}}; {{count}} events go to clients that watched, then the reply.',
  'caption.apply.session': '{{who}} learns of a session: {{request}} is applied.',
  'caption.apply.sessionAndReplies': '{{who}} applies {{request}} and tells its client: CONNECTED.',
  'caption.apply.close':
    '{{who}} ends a session and deletes its ephemeral znodes: {{request}} is applied.',
  'caption.apply.closeAndReplies':
    '{{who}} applies {{request}}, deletes its ephemeral znodes, replies and hangs up.',
  'caption.worker.read': '{{who}} answers {{request}} from its own tree, as it is here and now.',
  'caption.worker.readAndWatch':
    '{{who}} answers {{request}} from its own tree and remembers that its client watches.',
  'caption.worker.addWatch.persistent':
    '{{who}} remembers {{request}}: a watch that stays when it fires.',
  'caption.worker.addWatch.persistentRecursive':
    '{{who}} remembers {{request}}: a watch on all that lies below, which stays when it fires.',
  'caption.worker.removeWatch': '{{who}} forgets a watch: {{request}}.',
  'caption.worker.setWatches':
    '{{who}} takes over the watches of a client that came back: nothing has changed meanwhile.',
  'caption.worker.setWatchesTells':
    '{{who}} takes over the watches of a client that came back, and tells it first what it missed.',
  'caption.worker.readError': '{{who}} answers {{request}} from its own tree: {{err}}.',
  'caption.worker.ping': '{{who}} answers a ping.',
  'caption.worker.gone': '{{who}} finds nobody to answer: the client has gone.',
  'caption.follower.read':
    '{{who}} keeps {{request}}: reads are answered here, the leader is not asked.',
  'caption.follower.write':
    '{{who}} queues {{request}} for its commit and forwards it to the leader: only the leader orders writes.',
  'caption.sender.sends': '{{who}} sends {{kind}} to server {{to}}.',
  'caption.sender.ping': '{{who}} sends a ping to server {{to}}.',
  'caption.sender.gone': '{{who}} has nobody to send to: the learner has gone.',
  'caption.disk.accepted': '{{who}} has written acceptedEpoch {{epoch}}.',
  'caption.disk.acceptedLeader':
    '{{who}} has written acceptedEpoch {{epoch}} and tells its followers: LEADERINFO.',
  'caption.disk.acceptedAndAcks':
    '{{who}} has written acceptedEpoch {{epoch}} and answers ACKEPOCH.',
  'caption.disk.current': '{{who}} has written currentEpoch {{epoch}} and acknowledges NEWLEADER.',
  'caption.disk.leads':
    '{{who}} has written currentEpoch {{epoch}}: a majority has accepted its epoch.',
  'caption.disk.snapshot': '{{who}} has written its tree to disk, as of {{zxid}}.',
  'caption.disk.history': '{{who}} has forced the history it lacked to disk, up to {{zxid}}.',

  'caption.timer.sessionsNone': '{{who}} looks for sessions that are over: none.',
  'caption.timer.sessionExpired':
    '{{who}} has not heard of a session for its whole timeout: it closes it by a transaction, {{request}}.',
  'caption.timer.container':
    '{{who}} has found a container that is empty, or a node whose time is over: {{request}}.',
  'caption.timer.containersNone': '{{who}} looks for containers that are empty: none.',
  'caption.timer.readOnly':
    '{{who}} has found no leader for a while: it lets clients in who only want to read.',
  'caption.timer.readOnlyLate': '{{who}} has found a leader before it would serve reads only.',
  'caption.timer.tick': '{{who}} looks whether a majority still answers, and pings everyone.',
  'caption.timer.learnerDropped':
    '{{who}} hangs up on a learner that left a proposal unacknowledged too long.',
  'caption.timer.leaderWait': '{{who}} has waited initLimit for a majority.',
  'caption.timer.learnerSilent':
    '{{who}} has not heard from server {{sid}} for too long and hangs up.',
  'caption.timer.learnerRetry': '{{who}} tries to reach its leader again.',
  'caption.timer.learnerRead': '{{who}} has not heard from its leader for too long.',
  'caption.timer.electionAsks': '{{who}} hears too little and tells everyone its vote again.',
  'caption.timer.electionWaits': '{{who}} waits for votes.',
  'caption.timer.clientPing': '{{who}} has been silent for a while and pings its server.',
  'caption.timer.clientSilent': '{{who}} has not heard from its server for too long and hangs up.',
  'caption.timer.clientTimeout':
    '{{who}} has waited too long for its server and gives this connection up.',
  'caption.timer.clientLost': '{{who}} does not know what became of {{request}}: connection loss.',
  'caption.timer.clientCleanup':
    '{{who}} is rid of its lost connection and will try the next server.',
  'caption.timer.clientAsksRw':
    '{{who}} may only read where it is, and asks another server whether it writes.',
  'caption.timer.clientRwWaits': '{{who}} has had no answer and will ask again later.',
  'caption.timer.clientConnects': '{{who}} tries to connect to the next server of its list.',
  'caption.timer.clientNoHost': '{{who}} finds no such server.',

  'caption.start.client': '{{who}} starts and tries to connect.',
  'caption.start.server': '{{who}} starts and looks for a leader.',
  'caption.start.recovered':
    '{{who}} starts, recovers from its disk up to {{zxid}} and looks for a leader.',
  'caption.order.typed': '{{who}} is given “{{line}}”.',
  'caption.order.typedAndSends': '{{who}} is given “{{line}}” and sends {{request}} to its server.',
  'caption.order.fourLetter': '{{who}} is to ask server {{sid}} by the four letters “{{word}}”.',
  'caption.order.library': '{{who}} is told what to ask for.',
  'caption.order.probe': '{{who}} is told what to send.',
  'caption.order.freeze': '{{who}}: {{thread}} takes no further item.',
  'caption.order.thaw': '{{who}}: {{thread}} works again.',
  'caption.order.step': '{{who}}: {{thread}} does exactly one item.',
  'caption.order.disk': '{{who}}: the disk is {{fault}} now.',
  'caption.order.set': '{{who}}: {{key}} is {{value}} now.',
  'caption.order.crash': '{{who}} crashes: its memory is gone, its disk stays.',
  'caption.order.pause': '{{who}} stands still, as in a long garbage collection.',
  'caption.order.resume': '{{who}} goes on; all that is overdue happens now.',
  'caption.order.wipe': '{{who}} has lost its disk.',
  'caption.order.cut':
    '{{who}} and {{peer}} are cut off from each other: packets wait, and only timeouts will tell.',
  'caption.order.cutOneWay': 'What {{self}} sends to {{peer}} waits; the other direction is open.',
  'caption.order.heal': '{{who}} and {{peer}} reach each other again.',
  'caption.order.healAll': 'All links are mended.',
  'caption.order.partition': 'The network is parted: {{groups}} do not reach each other.',
  'caption.order.hold': 'What {{self}} sends to {{peer}} ({{channel}}) is held back.',
  'caption.order.release': 'What {{self}} sends to {{peer}} ({{channel}}) is let go.',
  'caption.order.latency': 'The link from {{self}} to {{peer}} has another latency now.',
  'caption.order.reset':
    'The {{channel}} connection of {{self}} and {{peer}} is reset: both ends notice.',
  'caption.order.deliver': 'A message is delivered ahead of its time.',

  'caption.link.accepts.client': '{{who}} accepts a connection of {{peer}}.',
  'caption.link.accepts.quorum': '{{who}} accepts {{peer}} on its quorum port.',
  'caption.link.accepts.election': '{{who}} accepts {{peer}} on its election port.',
  'caption.link.refuses.client': '{{who}} refuses the connection of {{peer}}.',
  'caption.link.refuses.quorum': '{{who}} does not lead and refuses {{peer}}.',
  'caption.link.refuses.election': '{{who}} refuses {{peer}} on its election port.',
  'caption.link.accepted.client':
    '{{who}} is connected to {{peer}} and asks for its session: CONNECT.',
  'caption.link.accepted.fourLetter': '{{who}} is connected to {{peer}} and sends “{{word}}”.',
  'caption.link.accepted.late':
    '{{who}} is connected to {{peer}} too late: it has given this attempt up.',
  'caption.link.accepted.quorum':
    '{{who}} is connected to {{peer}} and says who it is: FOLLOWERINFO.',
  'caption.link.accepted.election':
    '{{who}} is connected to {{peer}} on the election port and says HELLO.',
  'caption.link.refused.byServer': '{{who}} is refused by {{peer}} and will try the next server.',
  'caption.link.refused.quorum': '{{who}} is refused by {{peer}}, which does not lead yet.',
  'caption.link.refused.election': '{{who}} cannot reach {{peer}} on the election port.',
  'caption.link.closed.byServer': '{{who}} has lost its connection to {{peer}}.',
  'caption.link.closed.client': '{{who}} sees the connection of {{peer}} end.',
  'caption.link.closed.quorum': '{{who}} has lost its connection to {{peer}}.',
  'caption.link.closed.election': '{{who}} has lost {{peer}} on the election port.',
} as const;
