// The one thing of Node's that Flex UI's dependencies need in a browser.
export const extname = (name) => /\.[^./]*$/.exec(name)?.[0] ?? '';
