import { isLoopback } from '../../core/config';

/**
 * Where the links in messages lead: IBOK_PORTAL_URL. Throws a sentence for the operator when it is no address, or one
 * that would show the links' tokens to whoever listens.
 */
export function portalOf(env: NodeJS.ProcessEnv): { portalUrl?: string } {
  if (!env.IBOK_PORTAL_URL) return {};
  const url = URL.parse(env.IBOK_PORTAL_URL);
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  if (!url || !safe || url.search || url.hash) {
    throw new Error('IBOK_PORTAL_URL must be like https://ibok.example.org');
  }
  return { portalUrl: url.href.replace(/\/+$/, '') };
}
