import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { builtInCrystals } from './src/hosting/builtInCrystals.ts';
import { contentSecurityPolicy } from './src/hosting/contentSecurityPolicy.ts';
import { offline } from './src/hosting/offline.ts';

/** Prints the address without colour codes, so that scripts can read it too. */
const announceAddress: Plugin = {
  name: 'announce-address',
  configurePreviewServer(server) {
    server.httpServer.once('listening', () => {
      const address = server.httpServer.address();
      if (address && typeof address === 'object')
        console.log(`Braggscape is served at http://localhost:${address.port}/`);
    });
  },
};

export default defineConfig({
  // Addresses are relative to the page, so that it works under any path; BASE_PATH fixes one, such as /braggscape/.
  base: process.env.BASE_PATH ?? './',
  plugins: [react(), announceAddress, builtInCrystals(), contentSecurityPolicy(), offline()],
  // plotly reads `global`; nothing else of Node is used.
  define: { global: 'globalThis' },
  worker: { format: 'es', rolldownOptions: { output: { comments: { legal: false } } } },
  build: { target: 'es2022', chunkSizeWarningLimit: 1600 },
  preview: { port: 4173, host: 'localhost' },
  server: { port: 5173, host: 'localhost' },
});
