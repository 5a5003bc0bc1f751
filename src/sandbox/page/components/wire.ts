/** Discord's component types, by the numbers on the wire. */
import type {
  APIButtonComponent,
  APIComponentInContainer,
  APIMessageTopLevelComponent,
  APISelectMenuComponent,
} from 'discord.js';

export const ComponentType = {
  actionRow: 1,
  button: 2,
  stringSelect: 3,
  textInput: 4,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
  section: 9,
  textDisplay: 10,
  thumbnail: 11,
  mediaGallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18,
  fileUpload: 19,
  radioGroup: 21,
  checkboxGroup: 22,
  checkbox: 23,
} as const;

export type Button = APIButtonComponent;
export type SelectMenu = APISelectMenuComponent;
export type MessageComponent = APIMessageTopLevelComponent | APIComponentInContainer;

export const MessageFlag = { loading: 1 << 7, componentsV2: 1 << 15 } as const;
