/** What can be done with the machine that is chosen. */
export type MachineAction = 'edit' | 'copy' | 'export' | 'delete'
