import packageJson from '../../package.json' with { type: 'json' };

/** Of this service. */
export const VERSION: string = packageJson.version;
