import { createToken, EmbeddedActionsParser, type IToken, Lexer } from 'chevrotain';

/** A value as it was written, before the type of its field is known. */
export interface Literal {
  readonly text: string;
  readonly quoted: boolean;
}

export type Operand =
  | { readonly op: 'is' | '>' | '>=' | '<' | '<=' | '~'; readonly literal: Literal }
  | { readonly op: 'in'; readonly literals: readonly Literal[] };

/** A clause such as `field:value`. A range has two operands, both of which must hold. */
export interface Clause {
  readonly field: string;
  readonly operands: readonly Operand[];
}

const token = createToken;

// The lexer has three modes: the name of a field, its value up to the next space, and what is in brackets there.
const Name = token({ name: 'Name', pattern: /[^\s:()",<>~]+:/, push_mode: 'value' });
const Space = token({ name: 'Space', pattern: /\s+/, group: Lexer.SKIPPED });
const EndOfValue = token({ name: 'EndOfValue', pattern: /\s+/, group: Lexer.SKIPPED, pop_mode: true });
const Order = token({ name: 'Order', pattern: /[<>]=?/ });
const Tilde = token({ name: 'Tilde', pattern: '~' });
const Quoted = token({ name: 'Quoted', pattern: /"(?:[^"\\]|\\["\\])*"/ });
const Bare = token({ name: 'Bare', pattern: /[^\s()"<>~][^\s()"]*/ });
const Open = token({ name: 'Open', pattern: '(', push_mode: 'brackets' });
const Close = token({ name: 'Close', pattern: ')', pop_mode: true });
const Comma = token({ name: 'Comma', pattern: ',' });
const And = token({ name: 'And', pattern: /AND(?=[\s<>])/ });
const Word = token({ name: 'Word', pattern: /[^\s(),"<>~][^\s(),"<>]*/ });

const MODES = {
  clause: [Space, Name],
  value: [EndOfValue, Order, Tilde, Quoted, Open, Bare],
  brackets: [Space, Close, Comma, Order, Tilde, Quoted, And, Word],
};

const lexer = new Lexer(
  { modes: MODES, defaultMode: 'clause' },
  { positionTracking: 'onlyOffset', ensureOptimizations: false },
);

/** Looks one token ahead and never back. Nothing in the grammar nests. */
class ClauseParser extends EmbeddedActionsParser {
  constructor() {
    super(Object.values(MODES).flat(), { maxLookahead: 1 });
    this.performSelfAnalysis();
  }

  readonly clauses = this.RULE('clauses', (): readonly Clause[] => {
    const clauses: Clause[] = [];
    this.MANY(() => {
      const name = this.CONSUME(Name).image;
      clauses.push({ field: name.slice(0, -1), operands: this.SUBRULE(this.operands) });
    });
    return clauses;
  });

  private readonly operands = this.RULE('operands', (): readonly Operand[] =>
    this.OR([
      { ALT: () => [this.SUBRULE(this.compared)] },
      { ALT: () => [this.SUBRULE(this.like)] },
      { ALT: () => [{ op: 'is' as const, literal: literalOf([this.CONSUME(Quoted)]) }] },
      { ALT: () => [{ op: 'is' as const, literal: literalOf([this.CONSUME(Bare)]) }] },
      { ALT: () => this.SUBRULE(this.inBrackets) },
    ]),
  );

  private readonly inBrackets = this.RULE('inBrackets', (): readonly Operand[] => {
    this.CONSUME(Open);
    const operands: readonly Operand[] = this.OR([
      { ALT: () => this.SUBRULE(this.range) },
      { ALT: () => [this.SUBRULE(this.likePhrase)] },
      { ALT: () => [this.SUBRULE(this.list)] },
    ]);
    this.CONSUME(Close);
    return operands;
  });

  private readonly range = this.RULE('range', (): readonly Operand[] => {
    const from = this.SUBRULE1(this.compared);
    const to = this.OPTION(() => {
      this.CONSUME(And);
      return this.SUBRULE2(this.compared);
    });
    return to ? [from, to] : [from];
  });

  private readonly compared = this.RULE('compared', (): Operand => {
    const op = this.CONSUME(Order).image;
    const value = this.OR([
      { ALT: () => this.CONSUME(Quoted) },
      { ALT: () => this.CONSUME(Bare) },
      { ALT: () => this.CONSUME(Word) },
    ]);
    return { op: op === '>' || op === '>=' || op === '<' ? op : '<=', literal: literalOf([value]) };
  });

  private readonly likePhrase = this.RULE('likePhrase', (): Operand => {
    this.CONSUME(Tilde);
    return { op: '~', literal: this.SUBRULE(this.phrase) };
  });

  private readonly like = this.RULE('like', (): Operand => {
    this.CONSUME(Tilde);
    const literal = this.OR([
      { ALT: () => literalOf([this.CONSUME(Quoted)]) },
      { ALT: () => literalOf([this.CONSUME(Bare)]) },
      {
        ALT: () => {
          this.CONSUME(Open);
          const phrase = this.SUBRULE(this.phrase);
          this.CONSUME(Close);
          return phrase;
        },
      },
    ]);
    return { op: '~', literal };
  });

  private readonly list = this.RULE('list', (): Operand => {
    const literals: Literal[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: Comma, DEF: () => literals.push(this.SUBRULE(this.phrase)) });
    return { op: 'in', literals };
  });

  private readonly phrase = this.RULE('phrase', (): Literal => {
    const words: IToken[] = [];
    this.OR1([
      { ALT: () => words.push(this.CONSUME(Quoted)) },
      {
        ALT: () =>
          this.AT_LEAST_ONE(() =>
            words.push(this.OR2([{ ALT: () => this.CONSUME(Word) }, { ALT: () => this.CONSUME(And) }])),
          ),
      },
    ]);
    return literalOf(words);
  });
}

/** Joins consecutive words into one text, with a single space between them. */
function literalOf(tokens: readonly IToken[]): Literal {
  const text = tokens.map(({ image }) => image).join(' ');
  const quoted = text.startsWith('"');
  return { text: quoted ? text.slice(1, -1).replaceAll(/\\(.)/g, '$1') : text, quoted };
}

const parser = new ClauseParser();

/** @returns the clauses, or the position from which the text can't be read */
export function readClauses(q: string): readonly Clause[] | { readonly unreadableAt: number } {
  const { tokens, errors } = lexer.tokenize(q);
  const [wrong] = errors;
  if (wrong) return { unreadableAt: wrong.offset };
  parser.input = tokens;
  const clauses = parser.clauses();
  const [refused] = parser.errors;
  if (!refused) return clauses;
  const at = refused.token.startOffset;
  // The end of the text has no offset.
  return { unreadableAt: at >= 0 ? at : q.length };
}
