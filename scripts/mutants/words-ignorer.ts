import type { Ignorer, NodePath } from '@stryker-mutator/api/ignore';

/** The parts of Babel's tree that are read here. */
interface Node {
  readonly type: string;
  readonly name?: string;
  readonly callee?: Node;
  readonly object?: Node;
  readonly property?: Node;
  readonly expression?: Node;
}

interface Path {
  readonly node: Node;
  readonly parent?: Node;
}

/** Shown in docs/mutants.md with the number of mutants that each leaves out. */
export const DESCRIPTION =
  'the OpenAPI description: openapi/openapi.json is compared as a whole by test/guards/openapi.spec.ts';
export const LOG_WORDS = 'the words of a log line: nothing is decided by them; its fields are mutated';

const nameOf = (node: Node | undefined): string => node?.name ?? '';

/** Recognizes `@ApiProperty(…)` and similar, from @nestjs/swagger. */
const isDescription = ({ type, expression }: Node): boolean =>
  type === 'Decorator' && /^Api[A-Z]/.test(nameOf(expression?.callee));

/** Recognizes `log.warn('…')` and `this.log.warn({ … }, '…')`. */
function isLogCall(node: Node | undefined): boolean {
  const callee = node?.type === 'CallExpression' ? node.callee : undefined;
  const log = nameOf(callee?.object?.property) || nameOf(callee?.object);
  return log === 'log' && /^(?:verbose|debug|log|warn|error|fatal)$/.test(nameOf(callee?.property));
}

const isText = ({ type }: Node): boolean => type === 'StringLiteral' || type === 'TemplateLiteral';

/** Leaves out what only people read, and says why. */
export const words: Ignorer = {
  shouldIgnore(path: NodePath): string | undefined {
    const { node, parent } = path as Path;
    if (isDescription(node)) return DESCRIPTION;
    return isText(node) && isLogCall(parent) ? LOG_WORDS : undefined;
  },
};
