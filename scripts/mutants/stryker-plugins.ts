import {
  commonTokens,
  declareFactoryPlugin,
  declareValuePlugin,
  type Injector,
  type PluginContext,
  PluginKind,
  tokens,
} from '@stryker-mutator/api/plugin';
import { strykerPlugins as vitest } from '@stryker-mutator/vitest-runner';
import { FileRunner, type VitestRunner } from './file-runner.ts';
import { words } from './words-ignorer.ts';

function fileRunner(injector: Injector<PluginContext>): FileRunner {
  const plugin = vitest.find(({ kind }) => kind === PluginKind.TestRunner);
  if (!plugin) throw new Error('@stryker-mutator/vitest-runner has no test runner');
  return new FileRunner(injector.injectFunction(plugin.factory) as VitestRunner);
}
fileRunner.inject = tokens(commonTokens.injector);

/** Stryker reads this name. */
export const strykerPlugins = [
  declareFactoryPlugin(PluginKind.TestRunner, 'vitest-files', fileRunner),
  declareValuePlugin(PluginKind.Ignore, 'words', words),
];
