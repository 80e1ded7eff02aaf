/** An entry of a menu that is no command: it stands for something that is there at the moment only. */
export interface MenuEntry {
  readonly id: string
  readonly label: string
  readonly enabled?: () => boolean
  readonly run: () => void
}
