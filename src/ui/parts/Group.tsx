/** A named group of things that belong together, for screen readers and tests. */
import type { ComponentProps } from 'react';

export function Group(props: ComponentProps<'div'> & { 'aria-label': string }) {
  // biome-ignore lint/a11y/useSemanticElements: a fieldset is a group of form fields, and lays out as one
  return <div role="group" {...props} />;
}
