/** Entry of the world worker: hears the page, opens a worker for each process. */
import type { Frame } from '../bridge/frame';
import { thinFrame } from '../bridge/frameDelta';
import type { FromHost, ToHost } from '../bridge/host';
import { ALL_CHECKS } from '../engine/checks/all';
import { loadMachines } from './loadMachines';
import type { FromProcess, ProcessPort } from './processPort';
import { createHost } from './worldHost';

function openPort(name: string): ProcessPort {
  const worker = new Worker(new URL('./processWorker.ts', import.meta.url), {
    type: 'module',
    name,
  });
  const port: ProcessPort = {
    post: (message) => worker.postMessage(message),
    onMessage: () => {},
    terminate: () => worker.terminate(),
  };
  worker.onmessage = (event: MessageEvent<FromProcess>) => port.onMessage(event.data);
  worker.onerror = (event) => {
    port.onMessage({ type: 'error', message: event.message || 'its worker could not be loaded' });
  };
  worker.onmessageerror = () => {
    port.onMessage({ type: 'error', message: 'a message of its worker could not be read' });
  };
  return port;
}

const answer = createHost({ loadMachines, checks: ALL_CHECKS, openPort });

/** The frame that the page got last. */
let told: Frame | undefined;

self.onmessage = async (event: MessageEvent<ToHost>) => {
  const { id, question } = event.data;
  const found = await answer(question);
  let reply: FromHost = { id, answer: found };
  if (found.type === 'frame') {
    if (told !== undefined) {
      const { frame, kept } = thinFrame(found.frame, told);
      reply = { id, answer: { ...found, frame }, kept };
    }
    told = found.frame;
  }
  self.postMessage(reply);
};
