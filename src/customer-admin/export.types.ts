export type ExportedKind = 'customer' | 'session' | 'cart' | 'mail' | 'impersonation';

/** A line of the export. */
export interface ExportedRecord {
  readonly kind: ExportedKind;
  readonly data: object;
}
