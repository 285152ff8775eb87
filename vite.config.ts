import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

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
  plugins: [react(), announceAddress],
  // plotly reads `global`; nothing else of Node is used.
  define: { global: 'globalThis' },
  worker: { format: 'es', rolldownOptions: { output: { comments: { legal: false } } } },
  build: { target: 'es2022', chunkSizeWarningLimit: 1600 },
  preview: { port: 4173, host: 'localhost' },
  server: { port: 5173, host: 'localhost' },
});
