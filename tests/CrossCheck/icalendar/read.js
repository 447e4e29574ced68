// Prints what ical.js reads from a calendar on standard input: its name, and of each appointment what calendars show.
import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';

const text = readFileSync(0, 'utf8');
const calendar = new ICAL.Component(ICAL.parse(text));
const entries = calendar.getAllSubcomponents('vevent').map(component => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    sequence: event.sequence,
    start: event.startDate.toJSDate().toISOString(),
    end: event.endDate.toJSDate().toISOString(),
    zone: event.startDate.zone.tzid,
    summary: event.summary,
    location: event.location,
    description: event.description,
    status: component.getFirstPropertyValue('status'),
    url: component.getFirstPropertyValue('url'),
  };
});
console.log(JSON.stringify({ name: calendar.getFirstPropertyValue('x-wr-calname'), version: calendar.getFirstPropertyValue('version'), entries }));
