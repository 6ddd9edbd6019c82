import { type AddressOptions, operatorCredentials, tenantCredentials } from '../api/connection.js';
import { Service } from '../api/service.js';
import type { ConfirmOptions } from '../io/confirmation.js';
import type { OutputOptions } from '../io/output.js';

/** The options of every command that talks to a service. */
export interface ServiceOptions extends AddressOptions, OutputOptions {}

export interface ChangeOptions extends ServiceOptions {
  readonly reason?: string;
}

export interface FinalOptions extends ChangeOptions, ConfirmOptions {}

/** @throws CommandFailure - nobody answers, or the secret is wrong */
export const asTenant = (options: AddressOptions): Promise<Service> =>
  Service.connect(options, tenantCredentials());

/** @throws CommandFailure - nobody answers, or the secret is wrong */
export const asOperator = (options: AddressOptions): Promise<Service> =>
  Service.connect(options, operatorCredentials());
