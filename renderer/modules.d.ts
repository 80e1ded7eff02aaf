/// <reference types="vite/client" />

/** For tools that read TypeScript only; vue-tsc sees the component's own types. */
declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent<object, object, unknown>
  export default component
}
