export type ExportedKind =
  'customer' | 'session' | 'cart' | 'mail' | 'impersonation' | 'contactAssignment' | 'auditLine';

/** One record of an export. */
export interface ExportedRecord {
  readonly kind: ExportedKind;
  readonly data: object;
}
