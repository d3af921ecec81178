import type { HostBridge } from '../../shared/bridge';
import { loopbackHost } from './loopback';

declare global {
  interface Window {
    /** Present in Electron only; put there by the preload. */
    readonly iboDesk?: HostBridge;
  }
}

/** The host this application runs on: Electron's bridge where there is one, else the loopback host over HTTP. */
export const host: HostBridge = window.iboDesk ?? loopbackHost();
