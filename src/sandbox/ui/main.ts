// Starts the demo page.
import { createApp } from 'vue'
import App from './App.vue'
import { createOffice, OFFICE } from './state/office.ts'
import './style.css'

const office = createOffice()
createApp(App).provide(OFFICE, office).mount('#app')
office.connect()
