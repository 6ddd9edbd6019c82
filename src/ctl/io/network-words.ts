import { getSystemErrorName } from 'node:util';

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no host of this name',
  EAI_AGAIN: 'the name of the host could not be looked up',
  ETIMEDOUT: 'it does not answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'it does not answer in time',
  EAUTH: 'it refuses the user or the password',
  EHOSTUNREACH: 'there is no way to this host',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it speaks http, not https',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed: name it in NODE_EXTRA_CA_CERTS to trust it',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate authority is not trusted: name it in NODE_EXTRA_CA_CERTS',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate authority is not trusted: name it in NODE_EXTRA_CA_CERTS',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
};

/** Why an address could not be reached, with the code that search engines and colleagues know. */
export function networkReason(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (!(cause instanceof Error)) return String(cause);
  const code = codeOf(cause);
  if (code === undefined) return cause.message;
  return WORDS[code] === undefined ? code : `${WORDS[code]}, ${code}`;
}

/** nodemailer puts a code of its own in the place of the system's, and leaves its number. */
function codeOf(error: Error): string | undefined {
  if ('errno' in error && typeof error.errno === 'number' && error.errno < 0)
    return getSystemErrorName(error.errno);
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
