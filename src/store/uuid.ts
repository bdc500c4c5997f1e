const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** PostgreSQL refuses a statement that is given anything else for a column of type uuid. */
export const isUuid = (text: string): boolean => uuid.test(text);
