/**
 * The ensemble as a railway map, a function of one frame. The whole is laid out
 * in design pixels and drawn larger or smaller with the room it gets.
 */
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Command } from '../../../bridge/command';
import type { Frame } from '../../../bridge/frame';
import type { TraceEntry } from '../../../bridge/traceEntry';
import { HoverLight } from '../../parts/HoverLight';
import { sectionOf, serverOf } from '../../parts/sections';
import { SessionLettersContext, sessionLetters } from '../../parts/sessions';
import { useShared } from '../../parts/useShared';
import { useSize } from '../../parts/useSize';
import type { Selection } from '../../selection';
import { ClientPill } from './clients/ClientPill';
import { composeFrame, flyingAcks } from './composition';
import { differences } from './data/differences';
import { scaleFor } from './geometry/stageLayout';
import { Capsules } from './links/Capsules';
import { Links } from './links/Links';
import { planOf } from './motion/flightPlan';
import { useFlights } from './motion/useFlights';
import { useMotion } from './motion/useMotion';
import { drawStage } from './picture';
import { ServerCard } from './server/ServerCard';
import styles from './Stage.module.css';
import { StageActionsContext, useActions } from './stageContext';

/** Room that an open inspector takes at the right, CSS pixels. */
const INSPECTOR = 330;

export interface StageProps {
  frame: Frame;
  /** Entries of the last step; empty after a jump, which moves nothing. */
  trace: readonly TraceEntry[];
  selection: Selection | undefined;
  onSelect: (selection: Selection | undefined) => void;
  onCommand: (command: Command) => void;
  /** How long a step's motion takes, ms; 0 for none. */
  stepMs: number;
  reducedMotion: boolean;
  /** Factor over the size that fits; 1 unless given. */
  zoom?: number;
}

export function Stage(props: StageProps) {
  const { frame, trace, selection, onSelect, onCommand, zoom = 1 } = props;
  const { t } = useTranslation();
  const region = useRef<HTMLElement>(null);
  const drawing = useRef<HTMLDivElement>(null);
  const size = useSize(region);
  const stepMs = props.reducedMotion ? 0 : props.stepMs;
  const [lastTop, setLastTop] = useState<number | undefined>(undefined);
  const composition = composeFrame(frame, lastTop);
  if (composition !== undefined && composition.top !== lastTop) setLastTop(composition.top);

  const actions = useActions(onSelect, onCommand);
  const letters = useShared(sessionLetters(frame));
  const scale = scaleFor(size.width, size.height) * zoom;
  const selectedServer =
    selection?.type === 'server'
      ? selection.name
      : selection !== undefined && 'server' in selection
        ? selection.server
        : undefined;
  const { width, height } = size;
  const mode = composition?.composition;
  const top = composition?.top;
  const groups = useShared(composition?.groups);
  const isCovered = selection !== undefined;
  const drawn = useMemo(
    () =>
      mode === undefined || top === undefined || width === 0
        ? undefined
        : drawStage(frame, {
            composition: mode,
            top,
            groups,
            width: width / scale,
            height: height / scale,
            grown: selectedServer === undefined ? undefined : Number(selectedServer),
            covered: isCovered ? INSPECTOR / scale : 0,
          }),
    [frame, mode, top, groups, width, height, scale, selectedServer, isCovered],
  );
  const picture = useShared(drawn);
  const plan = useMemo(() => (picture === undefined ? undefined : planOf(picture)), [picture]);
  const flights = useFlights(frame, trace, plan, stepMs);
  useMotion(drawing, frame, trace, picture, stepMs);
  const differing = useShared(useMemo(() => differences(frame), [frame]));
  const flying = useShared(flyingAcks(frame));

  return (
    <section
      ref={region}
      aria-label={t('stage.name')}
      className={`${styles.region} ${zoom > 1 ? styles.zoomed : ''}`}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget || event.target === drawing.current)
          onSelect(undefined);
      }}
    >
      {composition === undefined ? <p className={styles.empty}>{t('stage.empty')}</p> : null}
      {picture === undefined ? null : (
        <StageActionsContext value={actions}>
          <SessionLettersContext value={letters}>
            <HoverLight />
            <div
              ref={drawing}
              className={styles.drawing}
              style={{
                width: picture.width,
                height: picture.height,
                zoom: scale,
                ['--step-ms' as string]: `${stepMs}ms`,
              }}
            >
              {picture.dividers.map((x) => (
                <span key={x} className={styles.divider} style={{ left: x }} />
              ))}
              <Links lines={picture.lines} faults={frame.links} />
              {picture.servers.map((sid) => {
                const process = serverOf(frame, sid);
                const place = picture.layout.cards[sid];
                if (process === undefined || place === undefined) return null;
                return (
                  <ServerCard
                    key={sid}
                    process={process}
                    sid={sid}
                    place={place}
                    isSelected={selectedServer === process.name}
                    differing={differing[sid]}
                    flying={flying[sid] ?? NOTHING}
                  />
                );
              })}
              {picture.clients.map(({ name, place }) => {
                const process = frame.processes[name];
                if (process === undefined) return null;
                const client = sectionOf(process, 'client', 'client');
                return (
                  <ClientPill
                    key={name}
                    process={process}
                    place={place}
                    isSelected={selection?.type === 'client' && selection.name === name}
                    at={client?.state === 'CONNECTED' ? 0 : frame.at}
                  />
                );
              })}
              <Capsules
                flights={flights}
                width={picture.width}
                height={picture.height}
                at={frame.at}
                stepMs={stepMs}
                selected={selection?.type === 'message' ? selection.id : undefined}
              />
            </div>
          </SessionLettersContext>
        </StageActionsContext>
      )}
    </section>
  );
}

const NOTHING = {};
