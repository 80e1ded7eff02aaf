import manifest from '../package.json' with { type: 'json' }

export const LAB_VERSION: string = manifest.version
