/** What may follow an interaction's callback, through its token: read, edit and delete replies, follow up. */
import type { Core } from '../core.ts';
import { invalidWebhookToken, unknownMessage, unknownWebhook } from '../http/errors.ts';
import type { ApiRequest, Route } from '../http/router.ts';
import { buildReply, channelOf, checkedEdit, checkReply, REPLY_FLAGS } from '../interactions/callback.ts';
import { TOKEN_VALID_FOR, type Interaction } from '../interactions/store.ts';
import type { StoredMessage } from '../messages.ts';
import { removeMessage, replaceMessage, storeMessage } from '../post.ts';
import { MessageFlag } from '../validation/message-rules.ts';
import { checkWebhookCreate, checkWebhookEdit } from '../validation/requests.ts';

const interactionOf = (core: Core, { params }: ApiRequest): Interaction => {
  const interaction = core.interactions.byToken(params['token']!);
  if (!interaction || params['application'] !== core.world.application.id) throw unknownWebhook();
  if (core.clock.now() - interaction.createdAt > TOKEN_VALID_FOR) throw invalidWebhookToken();
  if (interaction.callbackType === null) throw unknownWebhook();
  return interaction;
};

/** `@original`, or a message this interaction made. */
const messageOf = (core: Core, interaction: Interaction, name: string): StoredMessage => {
  const id = name === '@original' ? interaction.originalId : name;
  const own = id !== null && (id === interaction.originalId || interaction.followUpIds.includes(id));
  const stored = own ? core.messages.get(interaction.channelId, id) : undefined;
  if (!stored) throw unknownMessage();
  return stored;
};

const settle = (core: Core, interaction: Interaction): void => {
  interaction.status = 'replied';
  core.interactions.changed(interaction);
};

export const webhookRoutes = (core: Core): Route[] => {
  const message = '/webhooks/:application/:token/messages/:message';
  return [
    {
      method: 'POST',
      pattern: '/webhooks/:application/:token',
      open: true,
      handle: (request) => {
        const interaction = interactionOf(core, request);
        const body = checkWebhookCreate(request.body);
        checkReply(body, request.files);
        const deferred =
          interaction.callbackType === 5 && interaction.status === 'acknowledged'
            ? core.messages.get(interaction.channelId, interaction.originalId!)
            : undefined;
        let stored: StoredMessage;
        if (deferred) {
          // The first follow-up takes the place of the message that was "thinking", and stays as private as it.
          const flags = (body.flags ?? 0) & ~MessageFlag.ephemeral;
          stored = checkedEdit(
            core,
            deferred,
            channelOf(core, interaction),
            { ...body, flags },
            request.files,
            REPLY_FLAGS,
          );
          replaceMessage(core, stored);
        } else {
          stored = buildReply(core, interaction, body, request.files, body.flags ?? 0);
          interaction.followUpIds.push(stored.message.id);
          storeMessage(core, stored);
        }
        settle(core, interaction);
        return { status: 200, body: stored.message };
      },
    },
    {
      method: 'GET',
      pattern: message,
      open: true,
      handle: (request) => {
        const stored = messageOf(core, interactionOf(core, request), request.params['message']!);
        return { status: 200, body: stored.message };
      },
    },
    {
      method: 'PATCH',
      pattern: message,
      open: true,
      handle: (request) => {
        const interaction = interactionOf(core, request);
        const stored = messageOf(core, interaction, request.params['message']!);
        const body = checkWebhookEdit(request.body ?? {});
        const edited = checkedEdit(
          core,
          stored,
          channelOf(core, interaction),
          body,
          request.files,
          REPLY_FLAGS,
        );
        replaceMessage(core, edited);
        settle(core, interaction);
        return { status: 200, body: edited.message };
      },
    },
    {
      method: 'DELETE',
      pattern: message,
      open: true,
      handle: (request) => {
        const interaction = interactionOf(core, request);
        const stored = messageOf(core, interaction, request.params['message']!);
        removeMessage(core, interaction.channelId, stored.message.id);
        settle(core, interaction);
        return { status: 204 };
      },
    },
  ];
};
