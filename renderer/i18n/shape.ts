/** Plural forms that Polish has and English has not. */
type PolishOnly = `${string}_few` | `${string}_many`;

/**
 * The shape another language must have to be complete: the same keys, text at the leaves, without the plural forms
 * that only Polish knows. A missing or extra key does not compile.
 */
export type Translated<T> = {
  [K in keyof T as K extends PolishOnly ? never : K]: T[K] extends string ? string : Translated<T[K]>;
};
