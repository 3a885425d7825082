/**
 * What the Chinese of a part must hold: the same keys, and of a plural the form `_other` alone, since Chinese
 * counts without one. A key that lacks, or that English does not have, is an error of types.
 */
export type Translated<Part> = {
  readonly [Key in keyof Part as Key extends `${string}_one` ? never : Key]: string;
};
