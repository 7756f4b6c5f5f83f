/** What the frame around all pages says. */
export const strings = {
  name: 'Scaling Lab',
  skip: 'Skip to the content',
  places: 'Experiments',
  shape: 'Shape',
  language: 'Language',
  theme: { system: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' },
  projector: 'Projector',
  projectorHelp: 'Large type and strong contrast',
} as const;
