/** The package ships its zod schemas without types; the compiler reads them through `Schema`. */
declare module 'discord-api-spec/zod';
