/** A block of code, and the text between it and the block before. */
export interface Told {
  readonly language: string;
  readonly text: string;
  readonly before: string;
}

const BLOCK = /^```(\w+)\n([^]*?)^```$/gm;

/** @returns the blocks of a page in their order */
export function blocksTold(markdown: string): readonly Told[] {
  let end = 0;
  return [...markdown.matchAll(BLOCK)].map((match) => {
    const [whole, language = '', text = ''] = match;
    const before = markdown.slice(end, match.index);
    end = match.index + whole.length;
    return { language, text, before };
  });
}

const FILE = /(?:`|\]\()([\w./-]+\.(?:ts|md))(?=`|\))/g;

const FILE_IN_FOLDER = /`([\w.-]+)` in `([\w./-]+\/)`/g;

/** @returns the file that the text above a block names last */
export const fileNamed = ({ before }: Told): string =>
  [...before.replaceAll(FILE_IN_FOLDER, '`$2$1`').matchAll(FILE)].at(-1)?.[1] ?? '';

/** @returns the parts of a block that belong to different places of a file: a comment with three dots divides them */
export const partsOf = ({ text }: Told): readonly string[] => text.split(/^ *\/\/ …\n/m);
