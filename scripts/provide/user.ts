/** Whether this process runs as root, who may install packages and for whom Chromium's sandbox does not start. */
export const isRoot = (): boolean => process.getuid?.() === 0
