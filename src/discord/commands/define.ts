import {
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  InteractionContextType,
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOptionChoice,
  type APIApplicationCommandSubcommandOption,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import type { Text } from '../../compute/operation.ts';
import type { App } from '../app.ts';
import type { Viewer } from '../viewer.ts';

export interface Command {
  readonly data: RESTPostAPIChatInputApplicationCommandsJSONBody;
  run(interaction: ChatInputCommandInteraction, app: App, viewer: Viewer): Promise<void>;
  /** Suggestions for the option being typed, at most 25. */
  complete?(
    interaction: AutocompleteInteraction,
    app: App,
    viewer: Viewer,
  ): Suggestion[] | Promise<Suggestion[]>;
}

export interface Suggestion {
  readonly name: string;
  readonly value: string;
}

/** A name in both languages; English is the one that code, and Discord's API, knows it by. */
export interface Named {
  readonly name: string;
  readonly zh: string;
  readonly says: Text;
}

export const localized = ({ name, zh, says }: Named) => ({
  name,
  name_localizations: { 'zh-CN': zh, 'zh-TW': zh },
  description: says['en-US'],
  description_localizations: { 'zh-CN': says['zh-CN'], 'zh-TW': says['zh-CN'] },
});

type Data = RESTPostAPIChatInputApplicationCommandsJSONBody;

/** A command that works in servers, in direct messages, and for those who installed it for themselves. */
export const everywhere = (named: Named, options: Data['options'] = []): Data => ({
  ...localized(named),
  options,
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
});

/** A command for those who may manage a server. */
export const forManagers = (named: Named, permission: bigint, options: Data['options']): Data => ({
  ...localized(named),
  options: options ?? [],
  default_member_permissions: permission.toString(),
  integration_types: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild],
});

export const subcommand = (
  named: Named,
  options: APIApplicationCommandBasicOption[] = [],
): APIApplicationCommandSubcommandOption => ({
  ...localized(named),
  type: ApplicationCommandOptionType.Subcommand,
  options,
});

interface Demands {
  readonly required?: boolean;
}

export const completed = (
  named: Named,
  { required = false }: Demands = {},
): APIApplicationCommandBasicOption => ({
  ...localized(named),
  type: ApplicationCommandOptionType.String,
  autocomplete: true,
  required,
});

export const typed = (
  named: Named,
  { required = false }: Demands = {},
): APIApplicationCommandBasicOption => ({
  ...localized(named),
  type: ApplicationCommandOptionType.String,
  required,
});

/** One of a fixed list, each shown in the reader's language. */
export const oneOf = (
  named: Named,
  choices: Readonly<Record<string, Text>>,
): APIApplicationCommandBasicOption => ({
  ...localized(named),
  type: ApplicationCommandOptionType.String,
  choices: Object.entries(choices).map(([value, label]): APIApplicationCommandOptionChoice<string> => ({
    name: label['en-US'],
    name_localizations: { 'zh-CN': label['zh-CN'], 'zh-TW': label['zh-CN'] },
    value,
  })),
});

export const whole = (named: Named, min: number, max: number): APIApplicationCommandBasicOption => ({
  ...localized(named),
  type: ApplicationCommandOptionType.Integer,
  min_value: min,
  max_value: max,
});

export const yesNo = (named: Named): APIApplicationCommandBasicOption => ({
  ...localized(named),
  type: ApplicationCommandOptionType.Boolean,
});

export const someone = (named: Named): APIApplicationCommandBasicOption => ({
  ...localized(named),
  type: ApplicationCommandOptionType.User,
});
