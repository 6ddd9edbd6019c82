/** The release of the Universal Commerce Protocol that is served. */
export const UCP_VERSION = '2026-08-25';
