/** Guilds with their roles, channels and members, and the application itself. */
import type { Core } from '../core.ts';
import { missingAccess, unknownGuild, unknownMember, unknownRole, unknownUser } from '../http/errors.ts';
import type { Route } from '../http/router.ts';
import { guildPermissions } from '../permissions.ts';
import { toChannel, toGuild, toMember, toRole, toUser } from '../wire.ts';
import { channelsOf, type Guild } from '../world.ts';

const guildOf = (core: Core, id: string): Guild => {
  const guild = core.world.guilds.get(id);
  if (!guild?.joined) throw unknownGuild();
  return guild;
};

const application = (core: Core): object => {
  const { id, name, botId, ownerId } = core.world.application;
  return {
    id,
    name,
    icon: null,
    description: '',
    type: null,
    flags: 0,
    flags_new: '0',
    bot: toUser(core.world.users.get(botId)!),
    bot_public: true,
    bot_require_code_grant: false,
    integration_types_config: { '0': {} },
    verify_key: '0'.repeat(64),
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    owner: toUser(core.world.users.get(ownerId)!),
    approximate_guild_count: [...core.world.guilds.values()].filter((guild) => guild.joined).length,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: [],
  };
};

const read = (pattern: string, handle: Route['handle']): Route => ({ method: 'GET', pattern, handle });

export const guildRoutes = (core: Core): Route[] => {
  const { world } = core;
  return [
    read('/applications/@me', () => ({ status: 200, body: application(core) })),
    read('/oauth2/applications/@me', () => ({ status: 200, body: application(core) })),
    read('/users/@me', () => ({
      status: 200,
      body: {
        ...toUser(world.users.get(world.application.botId)!),
        mfa_enabled: false,
        locale: 'en-US',
        email: null,
        verified: true,
      },
    })),
    read('/users/@me/guilds', () => ({
      status: 200,
      body: [...world.guilds.values()]
        .filter((guild) => guild.joined)
        .map((guild) => ({
          id: guild.id,
          name: guild.name,
          icon: null,
          banner: null,
          owner: false,
          permissions: guildPermissions(guild, world.application.botId).toString(),
          features: [],
        })),
    })),
    read('/users/:user', ({ params }) => {
      const user = world.users.get(params['user']!);
      if (!user) throw unknownUser();
      return { status: 200, body: toUser(user) };
    }),
    read('/guilds/:guild', ({ params }) => ({
      status: 200,
      body: toGuild(world, guildOf(core, params['guild']!)),
    })),
    read('/guilds/:guild/channels', ({ params }) => ({
      status: 200,
      body: channelsOf(world, guildOf(core, params['guild']!).id).map((channel) => toChannel(world, channel)),
    })),
    read('/guilds/:guild/roles', ({ params }) => ({
      status: 200,
      body: [...guildOf(core, params['guild']!).roles.values()].map(toRole),
    })),
    read('/guilds/:guild/roles/:role', ({ params }) => {
      const role = guildOf(core, params['guild']!).roles.get(params['role']!);
      if (!role) throw unknownRole();
      return { status: 200, body: toRole(role) };
    }),
    // Listing members takes the privileged intent for them, which this application does not have.
    read('/guilds/:guild/members', ({ params }) => {
      guildOf(core, params['guild']!);
      throw missingAccess();
    }),
    read('/guilds/:guild/members/:user', ({ params }) => {
      const member = guildOf(core, params['guild']!).members.get(params['user']!);
      if (!member) throw unknownMember();
      return { status: 200, body: toMember(world, member) };
    }),
  ];
};
