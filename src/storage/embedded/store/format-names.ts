/** Where the embedded store records its format. */
export const FORMAT_TABLE = 'meta';
export const FORMAT_KEY = 'format';
