/** Why a property of a run does not hold. */
import { sayer } from './sentence';

export const CHECK_SENTENCES = {
  'check.leadAtOnce': 'servers {{a}} and {{b}} lead epoch {{epoch}} at once',
  'check.ledBoth': 'servers {{a}} and {{b}} both led epoch {{epoch}}',
  'check.elsewhere': 'server {{sid}} at {{zxid}}: elsewhere {{other}} stands at this place',
  'check.anotherTxn': 'server {{sid}} at {{zxid}} applied another txn than others did',
  'check.nobodyProposed': 'server {{sid}} at {{zxid}} delivers what nobody proposed',
  'check.anotherRequest': 'server {{sid}} at {{zxid}} delivers another request than was proposed',
  'check.disagree':
    'server {{a}} delivered {{onlyA}}, which server {{b}} did not, and server {{b}} {{onlyB}}, which server {{a}} did not',
  'check.otherOrder':
    'server {{sid}} at {{zxid}} delivers it after {{previous}}, others after {{expected}}',
  'check.localOrder':
    'server {{sid}} delivers {{zxid}} without {{previous}}, which the same leader proposed before',
  'check.globalOrder': 'server {{sid}} delivers {{zxid}} after {{before}} of a later epoch',
  'check.primaryWithout':
    'server {{primary}} proposed in epoch {{epoch}} without having delivered {{zxid}}, which {{who}} delivers',
  'check.anotherServer': 'another server',
  'check.server': 'server {{sid}}',
  'check.ackBeforeDisk': 'server {{sid}} acknowledges {{zxid}} before it is on its disk',
  'check.newLeaderBeforeDisk':
    'server {{sid}} acknowledges NEWLEADER before {{zxid}} is on its disk',
  'check.notDurable':
    '{{zxid}} is committed with only {{have}} of {{servers}} servers holding it durably ({{sids}})',
  'check.none': 'none',
  'check.leadsWithout': 'server {{sid}} leads epoch {{epoch}} without {{zxid}}, which is committed',
  'check.truncates':
    'server {{sid}} truncates to {{to}}, below {{cut}}, which is committed and left on {{left}} of {{servers}} servers',
  'check.adoptsWithout':
    'server {{sid}} adopts epoch {{epoch}} without {{zxid}} on its disk, with which server {{leader}} began to lead',
  'check.logsInEpoch': 'server {{sid}} logs {{zxid}} in its epoch {{epoch}}',
  'check.epochFalls': '{{name}} of server {{sid}} falls from {{before}} to {{epoch}}',
  'check.currentAboveAccepted':
    'server {{sid}} has currentEpoch {{current}} and acceptedEpoch {{accepted}}',
  'check.logsAfter': 'server {{sid}} logs {{zxid}} right after {{last}}',
  'check.commitAfter': 'server {{sid}} queues the commit of {{zxid}} after {{last}}',
  'check.commitWithoutProposal': 'server {{sid}} gets COMMIT {{zxid}} without its PROPOSAL',
  'check.violation': 'server {{sid}}: {{law}}',
  'check.violationAt': 'server {{sid}}: {{law}} at {{zxid}}',
  'check.law': 'a law of the protocol is broken',
  'check.differ': 'servers {{a}} and {{b}} differ at {{zxid}}',
  'check.answersAfter':
    'server {{sid}} answers cxid {{cxid}} of session {{session}} after cxid {{last}}',
  'check.writesInRow': 'two writes of session {{session}} in a row have {{before}} and {{zxid}}',
  'check.readsBack':
    '{{client}}: the answer to cxid {{cxid}} stands at {{zxid}}, an earlier one stood at {{before}}',
  'check.writeBack':
    '{{client}}: cxid {{cxid}} has {{zxid}}, yet {{returned}} was answered before it was sent',
  'check.expiresEarly':
    'server {{sid}} expires session {{session}} after {{silent}} ms without a touch; its timeout is {{timeout}} ms',
  'check.taskLost':
    '{{task}} of submission {{submission}} was acknowledged; it is in neither /tasks nor an inbox nor /status, and nobody has consumed it',
  'check.effectTwice':
    'submission {{submission}}, which must not run twice, has taken effect by {{first}} and again by {{by}}',
  'check.stuckInbox':
    '{{task}} lies in the inbox of {{worker}}, which is gone since {{zxid}}: {{master}} knows, waits for nothing, and leaves it there',
  'check.twoMasters': 'sessions {{a}} and {{b}} both live and both own /master',
  'check.tokenFalls': '{{storage}} accepts token {{token}} for {{key}} after token {{before}}',
} as const;

export const sayOfCheck = sayer(CHECK_SENTENCES);
