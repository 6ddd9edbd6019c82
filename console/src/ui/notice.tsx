import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** Tells that something was done, also to a screen reader. */
export const NoticeContext = createContext<(text: string) => void>(() => undefined);

export const useNotice = (): ((text: string) => void) => useContext(NoticeContext);
