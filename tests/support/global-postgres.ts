import { startServer, stopServer } from './postgres';

/** Vitest runs this once per project; the first one starts the server for all, and ends it. */
export default async function setup(): Promise<() => Promise<void>> {
  await startServer();
  return stopServer;
}
