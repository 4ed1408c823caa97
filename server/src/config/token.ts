/** Injection token of the settings. */
export const SETTINGS_TOKEN = Symbol('settings')
/** Injection token of the key under which session tokens are hashed. */
export const SESSION_KEY = Symbol('session key')
