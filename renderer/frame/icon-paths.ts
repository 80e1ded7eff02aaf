/** The rail's pictures, drawn on a 16-unit grid in the text colour. */
export const ICON_PATHS = {
  bench: 'M6 2.5h4M7 2.5v4L3.2 12a1 1 0 0 0 .8 1.5h8a1 1 0 0 0 .8-1.5L9 6.5v-4M4.8 10h6.4',
  sweep: 'M2 13h12M3 13c2.5 0 3-9.5 5-9.5s2.5 9.5 5 9.5',
  replay: 'M4 3v10M13 3.5 6.5 8l6.5 4.5z',
  compare: 'M3 3h3.5v10H3zM9.5 3H13v10H9.5z',
  journal: 'M4 2.5h8.5v11H4zM4 5H2.8M4 8H2.8M4 11H2.8M6.5 5.5H10M6.5 8H10',
  reports: 'M4 2.5h5.5L12.5 5.5v8H4zM9.5 2.5v3h3M6 8.5h4.5M6 11h4.5',
  settings:
    'M8 5.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4M8 2v1.8M8 12.2V14M2 8h1.8M12.2 8H14M3.8 3.8 5 5M11 11l1.2 1.2M3.8 12.2 5 11M11 5l1.2-1.2',
} as const
