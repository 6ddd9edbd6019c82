/** A backup can't be made or restored; the message tells the operator why. */
export class BackupRefused extends Error {}
