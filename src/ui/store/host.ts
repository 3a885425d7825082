/**
 * The page's end of bridge/host.ts: each question gets an id and exactly one
 * answer. Questions may overlap; the worker answers them in order.
 */
import type { CommandError } from '../../bridge/command';
import type { Frame } from '../../bridge/frame';
import { wholeFrame } from '../../bridge/frameDelta';
import type { Answer, FromHost, Question, ToHost } from '../../bridge/host';
import { sayOfPage } from '../../bridge/sentences/page';
import type { Said, Sentence } from '../../bridge/sentences/sentence';

/** What this file needs of a Worker, so that a test can stand in for it. */
export interface HostPort {
  postMessage(message: ToHost): void;
  onmessage: ((event: { data: FromHost }) => void) | null;
  onerror: ((event: { message?: string }) => void) | null;
  onmessageerror: ((event: unknown) => void) | null;
}

/** The host refused a question, or is gone. What is on screen stays valid. */
export class HostError extends Error {
  readonly place: string | undefined;
  /** The message for other languages. */
  readonly sentence: Sentence | undefined;
  constructor(said: string | Pick<CommandError, 'message' | 'sentence'>, place?: string) {
    super(typeof said === 'string' ? said : said.message);
    this.name = 'HostError';
    this.place = place;
    this.sentence = typeof said === 'string' ? undefined : said.sentence;
  }
}

/** Questions whose answer has their own name; to all others a frame is the answer. */
const NAMESAKES = ['trace', 'recording', 'znodes'] as const;

type Namesake = (typeof NAMESAKES)[number];
type Kind<Q extends Question['type']> = Q extends Namesake ? Q : 'frame';
/** The answer that belongs to a question. */
export type AnswerTo<Q extends Question> = Extract<Answer, { type: Kind<Q['type']> }>;

export interface Host {
  /** Rejects with a HostError when the host refuses, breaks, or answers with another type. */
  ask<Q extends Question>(question: Q): Promise<AnswerTo<Q>>;
}

interface Waiting {
  wanted: Answer['type'];
  resolve(answer: Answer): void;
  reject(error: HostError): void;
}

/** Begins to listen at once. After the worker broke, every further question is refused. */
export function connectHost(port: HostPort): Host {
  const waiting = new Map<number, Waiting>();
  let nextId = 1;
  let broken: HostError | undefined;
  let shown: Frame | undefined;

  /** The answer with its whole frame: what is the same as in the frame before did not come along. */
  const whole = ({ answer, kept }: FromHost): Answer => {
    if (answer.type !== 'frame') return answer;
    const isThin = kept !== undefined && shown !== undefined;
    shown = isThin ? wholeFrame({ frame: answer.frame, kept }, shown as Frame) : answer.frame;
    return { ...answer, frame: shown };
  };

  const breakDown = (said: string | Said) => {
    broken = new HostError(said);
    for (const { reject } of waiting.values()) reject(broken);
    waiting.clear();
  };
  port.onmessage = ({ data }) => {
    const asked = waiting.get(data.id);
    if (asked === undefined) return breakDown(sayOfPage('page.noQuestion', { id: data.id }));
    let answer: Answer;
    try {
      answer = whole(data);
    } catch (error) {
      // The page's edge: without its frame the answer is as lost as the engine.
      return breakDown(error instanceof Error ? error.message : String(error));
    }
    waiting.delete(data.id);
    if (answer.type === 'error') asked.reject(new HostError(answer, answer.place));
    else if (answer.type !== asked.wanted) {
      const values = { wanted: asked.wanted, type: answer.type };
      asked.reject(new HostError(sayOfPage('page.otherAnswer', values)));
    } else asked.resolve(answer);
  };
  port.onerror = (event) => breakDown(event.message ?? sayOfPage('page.notLoaded'));
  port.onmessageerror = () => breakDown(sayOfPage('page.notRead'));

  return {
    ask<Q extends Question>(question: Q) {
      return new Promise<AnswerTo<Q>>((resolve, reject) => {
        if (broken !== undefined) return reject(broken);
        const id = nextId;
        nextId += 1;
        const { type } = question;
        const wanted = NAMESAKES.find((name) => name === type) ?? 'frame';
        waiting.set(id, { wanted, resolve: resolve as (answer: Answer) => void, reject });
        port.postMessage({ id, question });
      });
    },
  };
}
