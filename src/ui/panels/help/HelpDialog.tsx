/** Help: keys, the console's words, what is left out. Loaded when it is first opened. */
import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ZKCLI_COMMANDS } from '../../../bridge/zkCliCommands';
import { put } from '../../store/page';
import styles from './HelpDialog.module.css';

const KEYS: readonly (readonly [keys: string, text: string])[] = [
  ['Space', 'help.key.play'],
  ['← →', 'help.key.step'],
  ['PgUp PgDn', 'help.key.clicker'],
  ['Shift ← →', 'help.key.stage'],
  ['↑ ↓', 'help.key.speed'],
  ['1 … 9', 'help.key.server'],
  ['c', 'help.key.crash'],
  ['v', 'help.key.view'],
  ['n b', 'help.key.story'],
  ['/', 'help.key.console'],
  ['Tab', 'help.key.complete'],
  ['Esc', 'help.key.escape'],
  ['?', 'help.key.help'],
];

export const WORLD: readonly (readonly [example: string, text: string])[] = [
  ['crash 3', 'help.word.crash'],
  ['restart 3', 'help.word.restart'],
  ['pause 2', 'help.word.pause'],
  ['freeze 2 SyncRequestProcessor', 'help.word.freeze'],
  ['step 2 SyncRequestProcessor', 'help.word.step'],
  ['disk 1 slow 200', 'help.word.disk'],
  ['cut 1 2', 'help.word.cut'],
  ['cut 1 3 quorum oneway', 'help.word.oneway'],
  ['partition 1,2 | 3', 'help.word.partition'],
  ['heal', 'help.word.heal'],
  ['hold 3 1 quorum only COMMIT', 'help.word.hold'],
  ['latency 1 3 50', 'help.word.latency'],
  ['reset client a 1 client', 'help.word.reset'],
  ['client c 1,2', 'help.word.client'],
  ['app worker w-4 1,2,3 hardened can gpu', 'help.word.app'],
  ['submit taskclient c-1 once steps 4 pay 7', 'help.word.submit'],
  ['fail worker w-1', 'help.word.fail'],
  ['fencing storage s-1 off', 'help.word.fencing'],
  ['4lw srvr 1', 'help.word.fourLetter'],
  ['get /a; get /b', 'help.word.pipeline'],
  ["txn 'create /a' 'set /b 1'", 'help.word.txn'],
];

export function HelpDialog() {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby="help-title"
      onClose={() => put({ isHelpOpen: false })}
    >
      <header>
        <h2 id="help-title">{t('help.title')}</h2>
        <button type="button" aria-label={t('help.close')} onClick={() => dialog.current?.close()}>
          <X />
        </button>
      </header>
      <div className={styles.columns}>
        <section>
          <h3>{t('help.what')}</h3>
          <p>{t('help.whatText')}</p>
          <p>{t('help.chip')}</p>
          <p>{t('help.tree')}</p>
          <p>{t('help.profile')}</p>
          <h3>{t('help.keys')}</h3>
          <dl>
            {KEYS.map(([keys, text]) => (
              <div key={keys}>
                <dt>
                  <kbd>{keys}</kbd>
                </dt>
                <dd>{t(text)}</dd>
              </div>
            ))}
          </dl>
          <h3>{t('help.stories')}</h3>
          <p>{t('help.storiesText')}</p>
          <h3>{t('help.tale')}</h3>
          <p>{t('help.taleText')}</p>
        </section>
        <section>
          <h3>{t('help.world')}</h3>
          <p>{t('help.worldText')}</p>
          <dl>
            {WORLD.map(([example, text]) => (
              <div key={example}>
                <dt>
                  <code>{example}</code>
                </dt>
                <dd>{t(text)}</dd>
              </div>
            ))}
          </dl>
          <h3>{t('help.zkCli')}</h3>
          <p>
            {t('help.zkCliText')} <code>{ZKCLI_COMMANDS.map((c) => c.name).join(', ')}</code>
          </p>
          <h3>{t('help.leftOut')}</h3>
          <p>{t('help.leftOutText')}</p>
        </section>
      </div>
    </dialog>
  );
}
