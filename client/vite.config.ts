import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig } from 'vite'
import { contractsOfBrowser } from './contracts-of-browser.ts'

/** The origin is left as it is: the server takes requests from its own pages only. */
const to = (ws = false) => ({ target: 'http://127.0.0.1:3000', changeOrigin: false, ws })

export default defineConfig({
  plugins: [contractsOfBrowser(), sveltekit()],
  build: {
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
  },
  server: {
    proxy: {
      '/api': to(),
      '/healthz': to(),
      '/socket.io': to(true),
      '/collab': to(true),
    },
  },
})
