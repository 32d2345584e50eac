/** What functions take and give, where they have overloads and type parameters too. */

import type { AnyFunction } from './source.ts';

/** Any function of four overloads; where one has fewer, the compiler finds `unknown` for the others. */
interface Overloads<
  A1 extends unknown[],
  R1,
  A2 extends unknown[],
  R2,
  A3 extends unknown[],
  R3,
  A4 extends unknown[],
  R4,
> {
  (...args: A1): R1;
  (...args: A2): R2;
  (...args: A3): R3;
  (...args: A4): R4;
}

type Known<A, R> = unknown[] extends A ? (unknown extends R ? never : [A, R]) : [A, R];

type ArgsIn<Signature> = Signature extends [infer A extends unknown[], unknown] ? A : never;

type ResultIn<Signature, A> = [Signature] extends [never]
  ? unknown
  : Signature extends [infer P, infer R]
    ? A extends P
      ? R
      : never
    : never;

/** With a bound on a type parameter (`K extends keyof T`) what is taken is known as `never`: then anything is taken. */
// oxlint-disable-next-line typescript/no-explicit-any -- It is the one type that all others go with, in both directions.
type Loose<A extends unknown[]> = { [I in keyof A]: [A[I]] extends [never] ? any : A[I] };

/** The arguments of a function, of any of its last four overloads. */
export type Args<F extends AnyFunction> =
  | Parameters<F>
  | Loose<Parameters<F>>
  | (F extends Overloads<infer A1, infer R1, infer A2, infer R2, infer A3, infer R3, infer A4, infer R4>
      ? ArgsIn<Known<A1, R1> | Known<A2, R2> | Known<A3, R3> | Known<A4, R4>>
      : never);

/** What a function gives for such arguments; of overloads that all take them any of their results. */
export type ResultFor<F extends AnyFunction, A> =
  F extends Overloads<infer A1, infer R1, infer A2, infer R2, infer A3, infer R3, infer A4, infer R4>
    ? ResultIn<Known<A1, R1> | Known<A2, R2> | Known<A3, R3> | Known<A4, R4>, A>
    : unknown;
