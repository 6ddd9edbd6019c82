import { mongo, MongooseError } from 'mongoose';
import { WrongConfiguration } from '../../../config/config.schema.js';

/** MongoDB was reached and can't be used as it is: the operator must act. */
export class MongoUnusable extends WrongConfiguration {}

/**
 * Codes of a server that can't answer now, or did not say whether it wrote: it stops, is not the primary any
 * more, or the majority did not confirm in time (MongoDB's error_codes.yml).
 */
const AWAY_CODES: ReadonlySet<unknown> = new Set([
  6, // HostUnreachable
  7, // HostNotFound
  18, // AuthenticationFailed: a password that is being changed
  24, // LockTimeout
  50, // MaxTimeMSExpired
  64, // WriteConcernFailed: wtimeout, written or not is unknown
  89, // NetworkTimeout
  91, // ShutdownInProgress
  100, // UnsatisfiableWriteConcern
  112, // WriteConflict
  133, // FailedToSatisfyReadPreference
  134, // ReadConcernMajorityNotAvailableYet
  189, // PrimarySteppedDown
  202, // NetworkInterfaceExceededTimeLimit
  262, // ExceededTimeLimit
  9001, // SocketException
  10107, // NotWritablePrimary
  11600, // InterruptedAtShutdown
  11602, // InterruptedDueToReplStateChange
  13435, // NotPrimaryNoSecondaryOk
  13436, // NotPrimaryOrSecondary
  14031, // OutOfDiskSpace
]);

const AWAY_CLASSES = [
  mongo.MongoNetworkError,
  mongo.MongoServerSelectionError,
  mongo.MongoWriteConcernError,
  mongo.MongoNotConnectedError,
  mongo.MongoTopologyClosedError,
  mongo.MongoClientClosedError,
  mongo.MongoOperationTimeoutError,
  mongo.MongoExpiredSessionError,
] as const;

/** By name: neither the driver nor mongoose exports these classes. */
const AWAY_NAMES: ReadonlySet<string> = new Set([
  'MongoWaitQueueTimeoutError',
  'MongoPoolClosedError',
  'MongooseServerSelectionError',
]);

/** Node's codes for a socket that has ended. The driver (7.8) passes that of a write on unchanged. */
const SOCKET_CODES = /^(E[A-Z]+|EAI_AGAIN|ERR_(STREAM|SOCKET|TLS|SSL)_\w+)$/;

/** Nothing is wrong with the request: the same one may succeed later. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (AWAY_CLASSES.some((away) => error instanceof away) || AWAY_NAMES.has(error.name)) return true;
  // The driver (7.8) turns the error of a connection during a bulk write into an error of that bulk, without its class.
  if (isWholeBulk(error) && typeof error.code !== 'number') return true;
  if (error instanceof mongo.MongoServerError) {
    return AWAY_CODES.has(error.code) || error.hasErrorLabel('RetryableWriteError');
  }
  if ('code' in error && typeof error.code === 'string' && SOCKET_CODES.test(error.code)) return true;
  // With `bufferCommands: false`, mongoose says so in a plain error.
  return error instanceof MongooseError && error.message.includes('initial connection');
}

const isWholeBulk = (error: Error): error is mongo.MongoBulkWriteError =>
  error instanceof mongo.MongoBulkWriteError && [error.writeErrors].flat().length === 0;

export const isWrongPassword = (error: unknown): boolean =>
  error instanceof mongo.MongoServerError && error.code === 18;

/** Another row has this `_id`. */
export const isDuplicate = (error: unknown): boolean =>
  error instanceof mongo.MongoServerError && error.code === 11000;

/** All values of a `distinct` come in one document ("distinct too big, 16mb cap"). */
export const isTooManyValues = (error: unknown): boolean =>
  error instanceof mongo.MongoServerError && error.code === 17_217;

/**
 * A document may have at most 16 MiB. The server refuses a larger one. So does the driver in a bulk, and it can't even
 * build one of more than 17 MiB (bson 7.2: a RangeError of its buffer).
 */
export const isTooLarge = (error: unknown): boolean =>
  (error instanceof mongo.MongoServerError && error.code === 10334) ||
  (error instanceof mongo.MongoInvalidArgumentError &&
    error.message.includes('larger than the maximum size')) ||
  (error instanceof RangeError && 'code' in error && error.code === 'ERR_OUT_OF_RANGE');
