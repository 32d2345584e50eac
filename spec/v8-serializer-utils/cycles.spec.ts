import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Cycles } from '../../lib/v8-serializer-utils/cycles.ts';

interface Node {
  readonly id: number;
  readonly next: Node[];
}

/** Graphs of up to 6 nodes with any edges. */
const graphs = fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 12 }).map((edges) => {
  const nodes: Node[] = Array.from({ length: 6 }, (_, id) => ({ id, next: [] }));
  for (const [from, to] of edges) nodes[from]?.next.push(nodes[to] as Node);
  return nodes;
});

function found(start: Node): Map<Node, boolean> {
  const cycles = new Cycles();
  const seen = new Set<Node>();
  const cyclic = new Map<Node, boolean>();
  const visit = (node: Node): void => {
    seen.add(node);
    cycles.enter(node);
    for (const next of node.next) {
      if (seen.has(next)) cycles.meet(next);
      else visit(next);
    }
    cyclic.set(node, cycles.leave());
  };
  visit(start);
  return cyclic;
}

function reaches(from: Node, target: Node, seen = new Set<Node>()): boolean {
  return from.next.some((next) => next === target || (!seen.has(next) && reaches(next, target, seen.add(next))));
}

describe('Cycles', () => {
  it('tells of every node whether it can be reached from itself', () => {
    fc.assert(
      fc.property(graphs, (nodes) => {
        for (const [node, cyclic] of found(nodes[0] as Node)) expect(cyclic).toBe(reaches(node, node));
      }),
      { numRuns: 1000 },
    );
  });
});
