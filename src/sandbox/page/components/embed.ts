import type { APIEmbed } from 'discord.js';
import { h } from 'preact';
import { InlineMarkdown, Markdown } from '../markdown/view.ts';
import { toHex } from '../world.ts';
import { PictureButton } from './media.ts';

/** The older way of framing a message; Components V2 containers have taken its place. */
export const Embed = ({ embed }: { embed: APIEmbed }) =>
  h(
    'div',
    {
      class: embed.color == null ? 'container' : 'container container-accent',
      style: embed.color == null ? {} : { '--accent-color': toHex(embed.color) },
    },
    h(
      'div',
      { class: 'stack' },
      embed.author ? h('div', { class: 'subtext' }, embed.author.name) : null,
      embed.title == null
        ? null
        : h('div', { class: 'heading heading-3' }, h(InlineMarkdown, { text: embed.title })),
      embed.description == null ? null : h(Markdown, { text: embed.description }),
      embed.fields && embed.fields.length > 0
        ? h(
            'div',
            { class: 'embed-fields' },
            embed.fields.map((field, index) =>
              h(
                'div',
                { key: index, class: field.inline === true ? 'embed-field' : 'embed-field embed-field-wide' },
                h('strong', null, h(InlineMarkdown, { text: field.name })),
                h(Markdown, { text: field.value }),
              ),
            ),
          )
        : null,
      embed.image
        ? h(PictureButton, {
            media: {
              url: embed.image.url,
              width: embed.image.width ?? null,
              height: embed.image.height ?? null,
            },
            description: null,
            spoiler: false,
            class: 'gallery-item',
          })
        : null,
      embed.footer ? h('div', { class: 'subtext' }, embed.footer.text) : null,
    ),
  );
