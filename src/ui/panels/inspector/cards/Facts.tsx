/** Names and values, a line each; names are ZooKeeper's. */
import type { ReactNode } from 'react';
import styles from '../Inspector.module.css';

export function Facts({
  facts,
}: {
  facts: readonly (readonly [name: string, value: ReactNode])[];
}) {
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <FactLine key={name} name={name} value={value} />
      ))}
    </dl>
  );
}

function FactLine({ name, value }: { name: string; value: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

/** Virtual time in seconds. */
export function secondsText(micros: number): string {
  return `${(micros / 1e6).toFixed(3)} s`;
}
