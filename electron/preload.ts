/** Exposes the contract to the window, and nothing else: one named function for each method, never ipcRenderer. */
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import { eventChannel, LAB_API_METHODS, LAB_EVENTS, methodChannel, type LabBridge } from '../shared/contract.ts'

const methods = LAB_API_METHODS.map((method) => [
  method,
  (...args: readonly unknown[]): Promise<unknown> => ipcRenderer.invoke(methodChannel(method), ...args),
])

const on: LabBridge['on'] = (name, listener) => {
  if (!LAB_EVENTS.includes(name)) throw new TypeError(`There is no event ${name}.`)
  const forward = (_event: IpcRendererEvent, payload: Parameters<typeof listener>[0]): void => {
    listener(payload)
  }
  ipcRenderer.on(eventChannel(name), forward)
  return () => {
    ipcRenderer.removeListener(eventChannel(name), forward)
  }
}

contextBridge.exposeInMainWorld('lab', { ...Object.fromEntries(methods), on })
