/** One event, in words of one language, as calendars take it. */
export interface CalendarEvent {
  /** The same for as long as the event is the same, whatever changes of it. */
  readonly uid: string;
  /** When this was written. */
  readonly stamp: Date;
  readonly from: Date;
  readonly to: Date;
  readonly title: string;
  readonly description: string;
  readonly where: string;
  /** A page where one takes part. */
  readonly url?: string;
}

/** Longest line, in octets without its break (RFC 5545, 3.1). */
const LINE_OCTETS = 75;

/**
 * Writes an iCalendar file with one event (RFC 5545). Times are in UTC, which every calendar shows on the
 * clocks of who looks: no zone has to be described, and none is misread.
 */
export function calendarFile(event: CalendarEvent): string {
  const { uid, stamp, from, to, title, description, where, url } = event;
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//bene-comune//assistant//IT",
    "BEGIN:VEVENT",
    `UID:${escaped(uid)}`,
    `DTSTAMP:${utc(stamp)}`,
    `DTSTART:${utc(from)}`,
    `DTEND:${utc(to)}`,
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(description)}`,
    `LOCATION:${escaped(where)}`,
    // A URI is no text: it has nothing to escape.
    ...(url ? [`URL:${url}`] : []),
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/** 20270305T193000Z */
const utc = (instant: Date): string => instant.toISOString().replace(/[-:]|\.\d+/g, "");

/** A text as a value (RFC 5545, 3.3.11). */
const escaped = (text: string): string => text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");

/** Breaks a long line between characters; what goes on begins with a space. */
function folded(line: string): string {
  let whole = "";
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > LINE_OCTETS) {
      whole += "\r\n ";
      octets = 1;
    }
    whole += character;
    octets += size;
  }
  return whole;
}
