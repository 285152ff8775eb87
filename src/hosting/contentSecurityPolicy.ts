import type { Plugin } from 'vite';

/**
 * Permissions of the built page. No script but its own files, none of them evaluated from text ('wasm-unsafe-eval' lets
 * the symmetry library compile its WebAssembly and nothing else). Connections go to the page's own origin and to one
 * pinned host, from which the weights of the energy model come when a user asks for them. Styles may be inline because
 * plotly writes a style sheet of its own and sets attributes; markup from files is never inserted, so that nobody else
 * can.
 */
export const POLICY: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data: blob:",
  'font-src': "'self'",
  'connect-src': "'self' https://raw.githubusercontent.com",
  'worker-src': "'self'",
  'frame-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'object-src': "'none'",
};

export const policyText = (): string =>
  Object.entries(POLICY)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');

/** Puts the policy in front of everything else in the head of the built page; the development server needs none. */
export const contentSecurityPolicy = (): Plugin => ({
  name: 'braggscape-content-security-policy',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: policyText() },
        injectTo: 'head-prepend',
      },
    ],
  },
});
