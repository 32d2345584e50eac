/** The serializers that refuse something that others keep. */
export type Refuser = 'devalue' | 'json';

/** One kind of value that can be stored, as a fresh copy for each call. */
export interface NamedValue {
  readonly name: string;
  readonly value: () => unknown;
  /** Who refuses it; everybody else gives it back as it was. `v8` keeps all of them. */
  readonly refusedBy: readonly Refuser[];
}
