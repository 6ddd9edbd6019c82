import type { Visit } from './shop.ts';

/** What each part of the page gets. */
export interface PartProps {
  readonly seen: Visit;
  /** Does something, and reads the session again. */
  readonly act: (what: () => Promise<unknown>) => Promise<void>;
}
