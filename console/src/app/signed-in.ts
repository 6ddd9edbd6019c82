import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Api } from '../api/api.ts';

export const ApiContext = createContext<Api | undefined>(undefined);

/** @throws Error outside of a screen that needs a sign-in: a mistake of ours */
export function useApi(): Api {
  const api = useContext(ApiContext);
  if (!api) throw new Error('nobody is signed in');
  return api;
}
