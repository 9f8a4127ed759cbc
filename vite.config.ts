// Builds the demo page; `npm run build` puts it where the server looks for it.
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

export default defineConfig({
  root: 'src/sandbox/ui',
  base: '/sandbox/',
  plugins: [vue()],
  build: {
    outDir: '../../../dist/sandbox-ui',
    emptyOutDir: true,
    // The browsers inside older WeCom and DingTalk clients.
    target: ['es2017', 'chrome69', 'safari12'],
    // Inlined files would be data: scripts and fonts, which the page's own security policy refuses.
    assetsInlineLimit: 0,
  },
})
