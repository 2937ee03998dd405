/**
 * Attribution forms: the ways in which mail programs say whose words follow, one row each.
 *
 * In: one text, its lines joined by a blank. Out: the part that holds date and person, in either order.
 * A row says only where the person stands; telling the name from the date is done once, in ./attribution.ts.
 * Linear: fixed heads and tails are compared, nothing is searched twice. Add a row with a sample for a new form.
 */

export interface AttributionForm {
  readonly name: string;
  /** Texts of this form; the tests read each. */
  readonly samples: readonly string[];
  /** The part with date and person; undefined where the text is of another form. */
  readonly read: (text: string) => string | undefined;
  /** True where the form says for itself what it is, so that no date has to stand in it. */
  readonly isSure: boolean;
}

/** `DATE, PERSON wrote:`, with or without a head such as `On`. */
function personBefore(...tails: readonly string[]): AttributionForm['read'] {
  return (text) => {
    const end = tails.find((tail) => text.length > tail.length && text.endsWith(tail));
    return end === undefined ? undefined : text.slice(0, text.length - end.length);
  };
}

/** `DATE schrieb PERSON:`; the verb is a word of its own. */
function personAfter(...verbs: readonly string[]): AttributionForm['read'] {
  return (text) => {
    if (!text.endsWith(':')) return undefined;
    for (const verb of verbs) {
      const at = text.indexOf(` ${verb} `);
      if (at > 0) return `${text.slice(0, at)} ${text.slice(at + verb.length + 2, -1)}`;
    }
    return undefined;
  };
}

function between(head: string, tail: string): AttributionForm['read'] {
  return (text) => {
    const isFit = text.length > head.length + tail.length && text.startsWith(head) && text.endsWith(tail);
    return isFit ? text.slice(head.length, text.length - tail.length) : undefined;
  };
}

/** Read in this order; the first that fits counts. */
export const attributionForms: readonly AttributionForm[] = [
  {
    name: 'you-wrote',
    samples: ['On Tue, 15 Aug 2023 15:17:38 -0700 you wrote:'],
    read: (text) => (text.endsWith(' you wrote:') ? '' : undefined),
    isSure: true,
  },
  {
    name: 'zimbra',
    samples: ['----- On Jul 6, 2020, at 2:11 PM, Ada B. Example ada@example.org wrote:'],
    read: between('----- On ', ' wrote:'),
    isSure: true,
  },
  {
    name: 'quoting',
    samples: ['Quoting Ada Example (2020-07-06 14:11:22)', 'Quoting Ada Example <ada@example.org>:'],
    read: (text) => between('Quoting ', ')')(text) ?? between('Quoting ', ':')(text),
    isSure: true,
  },
  {
    name: 'excerpts',
    samples: ["Excerpts from Ada Example's message of July 6, 2020 2:11 pm:"],
    read: (text) => {
      const part = between('Excerpts from ', ':')(text);
      const at = part?.indexOf("'s message of ") ?? -1;
      return part !== undefined && at > 0 ? part.slice(0, at) : undefined;
    },
    isSure: true,
  },
  {
    name: 'plus-signs',
    samples: ['+++ Ada Example [06/07/20 14:11 +0200]:'],
    read: between('+++ ', ']:'),
    isSure: true,
  },
  {
    name: 'star',
    samples: ['* Ada Example:', '* Ada Example [2020-07-06 14:11]:'],
    read: between('* ', ':'),
    isSure: true,
  },
  {
    name: 'english',
    samples: [
      'On Mon, Jul 6, 2020 at 2:11 PM Ada Example <ada@example.org> wrote:',
      'On Mon, 6 Jul 2020 at 14:11, Ada Example <ada@example.org> wrote:',
      'On Mon, Jul 06, 2020 at 04:49:10PM -0400, Ada Example wrote:',
      'On 7/6/20 2:11 PM, Ada Example wrote:',
      'On 06/07/2020 14:11, Ada Example wrote:',
      'On 2020-07-06 14:11, Ada Example wrote:',
      'On Mon, 6 Jul 2020, Ada Example wrote:',
      'On Mon, Jul 06 2020 at 14:11, Ada Example wrote:',
      'On Mon, 06 Jul 2020 14:11:22 +0200, Ada Example wrote:',
      'At Mon, 06 Jul 2020 14:11:22 +0200, Ada Example wrote:',
      'On 2020-07-06 14:11:22 [+0200], Ada Example wrote:',
      'On Monday, July 6, 2020 2:11:22 PM CEST Ada Example wrote:',
      'Ada Example <ada@example.org> writes:',
      'Ada Example writes:',
      'Ada Example <ada@example.org> wrote:',
      'Ada Example wrote:',
      '[ Mon, 06 Jul 2020 ] Ada Example wrote:',
      'On Mon, 6 Jul 2020 14:11:22 +0200 Ada Example <ada@example.org> wrote:',
    ],
    read: personBefore(' wrote:', ' writes:', ' said:', ' wrote :', ' wrote...'),
    isSure: false,
  },
  {
    name: 'german',
    samples: [
      'Am 06.07.20 um 14:11 schrieb Ada Example:',
      'Am Montag, 6. Juli 2020, 14:11:22 CEST schrieb Ada Example:',
      'Am Mo., 6. Juli 2020 um 14:11 Uhr schrieb Ada Example <ada@example.org>:',
    ],
    read: personAfter('schrieb'),
    isSure: false,
  },
  {
    name: 'french',
    samples: [
      'Le 06/07/2020 à 14:11, Ada Example a écrit :',
      'Le lun. 6 juil. 2020 à 14:11, Ada Example <ada@example.org> a écrit :',
    ],
    read: personBefore(' a écrit :', ' a écrit:'),
    isSure: false,
  },
  {
    name: 'spanish',
    samples: ['El 6/7/20 a las 14:11, Ada Example escribió:'],
    read: personBefore(' escribió:'),
    isSure: false,
  },
  {
    name: 'italian',
    samples: ['Il 06/07/20 14:11, Ada Example ha scritto:'],
    read: personBefore(' ha scritto:'),
    isSure: false,
  },
  {
    name: 'portuguese',
    samples: ['Em Mon, 6 Jul 2020 14:11:22 +0200 Ada Example <ada@example.org> escreveu:'],
    read: personBefore(' escreveu:'),
    isSure: false,
  },
  {
    name: 'dutch',
    samples: ['Op 06-07-2020 om 14:11 schreef Ada Example:'],
    read: personAfter('schreef'),
    isSure: false,
  },
  {
    name: 'scandinavian',
    samples: [
      'Den 06.07.2020 14:11, skrev Ada Example:',
      'Den mån 6 juli 2020 kl 14:11 skrev Ada Example <ada@example.org>:',
    ],
    read: personAfter('skrev'),
    isSure: false,
  },
  {
    name: 'polish',
    samples: ['pon., 6 lip 2020 o 14:11 Ada Example <ada@example.org> napisał(a):'],
    read: personBefore(' napisał(a):', ' pisze:'),
    isSure: false,
  },
  {
    name: 'finnish',
    samples: ['Ada Example kirjoitti 6.7.2020 klo 14.11:'],
    read: personAfter('kirjoitti'),
    isSure: false,
  },
  {
    name: 'chinese',
    samples: [
      '在 2020/7/6 下午2:11, Ada Example 写道:',
      'Ada Example <ada@example.org> 於 2020年7月6日 週一 下午2:11寫道：',
      'Ada Example <ada@example.org> 于2020年7月6日周一 下午2:11写道：',
    ],
    read: personBefore(' 写道:', '写道:', ' 写道：', '写道：', '寫道：', '寫道:'),
    isSure: false,
  },
  {
    name: 'no-verb',
    samples: [
      'пн, 6 июл. 2020 г. в 14:11, Ada Example <ada@example.org>:',
      '2020年7月6日(月) 14:11 Ada Example <ada@example.org>:',
    ],
    read: personBefore('>:'),
    isSure: false,
  },
];
