// 投诉, 不该问我: recognised by plain words only; what is complained of stays as it was said.
const COMPLAINS = /^(?:我)?(?:要|想)?投诉(?:一下)?/
const NOT_ME =
  /不(?:应|应当|应该|该)(?:问|找|催|发给|派给|要求|通知)我|(?:别|不要|请勿|请不要)(?:再|老是|总是)?(?:来)?(?:问|找|催|烦|骚扰)我/

/** 别问我了，问老李去: somebody else is to be asked; that is no complaint. */
const SENDS_ON = /[，,。\s](?:去|要问|你们?)?(?:问|找|联系)(?!我)[\p{Script=Han}·]{2,10}$/u

/** The complaint in his words, empty when he has only said that he wants to complain; undefined when it is none. */
export function readComplaint(text: string): string | undefined {
  if (COMPLAINS.test(text)) return text.replace(COMPLAINS, '').replace(/^[:：,，。\s]+/, '')
  return NOT_ME.test(text) && !SENDS_ON.test(text) ? text : undefined
}
