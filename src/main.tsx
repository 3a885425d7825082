/** The page's entry: starts the world worker, hands it to the page, draws. */
import '@fontsource-variable/ibm-plex-sans/wght.css';
import '@fontsource/ibm-plex-mono/latin-400.css';
import '@fontsource/ibm-plex-mono/latin-500.css';
import './ui/parts/tokens.css';
import './ui/page.css';
import { createRoot } from 'react-dom/client';
import { App } from './ui/App';
import { startTexts } from './ui/i18n/i18n';
import { speakAtStart } from './ui/store/language';
import { startPage } from './ui/store/start';

startTexts();
startPage(new Worker(new URL('./workers/worldWorker.ts', import.meta.url), { type: 'module' }));

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
await speakAtStart();
createRoot(root).render(<App />);
