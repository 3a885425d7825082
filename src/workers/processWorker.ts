/** Entry of the worker that holds one process: a server, a client, or a probe. */
import { MACHINES } from '../engine/world/machines';
import { hostProcess, type ToProcess } from './processPort';

const handle = hostProcess(MACHINES, (message) => self.postMessage(message));
self.onmessage = (event: MessageEvent<ToProcess>) => handle(event.data);
