import type { DailyLimits } from "../core/campaigns/daily-limit.ts";
import type { Campaigns } from "../core/campaigns/ports.ts";
import type { TemplateRegister } from "../core/campaigns/templates.ts";
import type { Desk } from "../core/desk.ts";
import type { Consents, Contacts, Conversations, Deliveries, Inbox } from "../core/ports.ts";
import type { Signals } from "../core/reminders/signals.ts";
import type { Outbox, Slots } from "../core/sending.ts";
import type { CityUserCodes } from "../core/voting/city-users.ts";
import type { LoginCodes } from "../core/voting/identity.ts";
import type { BallotBox, BallotLinks, BallotSessions, Casting, Roll, Urns } from "../core/voting/ports.ts";
import type { Results } from "../core/voting/published.ts";
import type { StationActs, StationDevices, StationNotices, Stations } from "../core/voting/stations.ts";
import type { Tallies } from "../core/voting/tally.ts";
import { createAssistedSessions } from "./assisted/sessions.ts";
import { createCampaigns } from "./campaigns/index.ts";
import type { Database } from "./client.ts";
import { createCommission } from "./commission.ts";
import { createConsents } from "./consents.ts";
import { createContacts } from "./contacts.ts";
import type { Context, Unreadable } from "./context.ts";
import { createConversations } from "./conversations.ts";
import { createDailyLimits } from "./daily-limits.ts";
import { createDeliveries } from "./deliveries.ts";
import { createFacilitators } from "./facilitators/desk.ts";
import { createInbox } from "./inbox.ts";
import { createJobTurns, type JobTurns } from "./job-turns.ts";
import { checkKeysInUse } from "./keys-in-use.ts";
import { createMailbox, type Mailbox } from "./mailbox.ts";
import { createMisses } from "./misses.ts";
import { createOutbox } from "./outbox.ts";
import { createPhoneHistory, type PhoneHistory } from "./phone-history.ts";
import { createQuestionnaires } from "./questionnaires.ts";
import { createSealer } from "./seal.ts";
import type { Secrets } from "./secrets.ts";
import { createSettings, type Settings } from "./settings-store.ts";
import { createSignals } from "./signals.ts";
import { createSlots } from "./slots.ts";
import { createTemplates } from "./templates.ts";
import { createTickets } from "./tickets.ts";
import { createBallotBox, type Fixing } from "./voting/ballot-box.ts";
import { createCasting } from "./voting/casting.ts";
import { createCityUserDesk } from "./voting/city-user-desk.ts";
import { createCityUserCodes } from "./voting/city-users.ts";
import { createDemoRoll, type DemoRoll } from "./voting/demo-roll.ts";
import { createLinks } from "./voting/links.ts";
import { createLoginCodes } from "./voting/login-codes.ts";
import { createResults } from "./voting/results.ts";
import { createRoll } from "./voting/roll.ts";
import { createRollKeeping } from "./voting/roll-keeping.ts";
import { createSessions } from "./voting/sessions.ts";
import { createStationActs } from "./voting/station-acts.ts";
import { createStationDevices } from "./voting/station-devices.ts";
import { createStationNotices } from "./voting/station-notices.ts";
import { createStations } from "./voting/stations.ts";
import { createTallies } from "./voting/tallies.ts";
import { createUnfinishedVotes, type UnfinishedVotes } from "./voting/unfinished.ts";
import { createUrns } from "./voting/urns.ts";

/** Everything that is kept, by what it is for. */
export interface Stores {
  readonly inbox: Inbox;
  readonly contacts: Contacts;
  readonly conversations: Conversations;
  readonly outbox: Outbox;
  /** The pace that processes share; absent on the embedded database, which has one process. */
  readonly slots?: Slots;
  readonly deliveries: Deliveries;
  readonly consents: Consents;
  readonly signals: Signals;
  readonly templates: TemplateRegister;
  readonly dailyLimits: DailyLimits;
  readonly campaigns: Campaigns;
  readonly desk: Desk;
  readonly voting: VotingStores;
  readonly settings: Settings;
  readonly jobTurns: JobTurns;
  readonly mailbox: Mailbox;
  readonly phoneHistory: PhoneHistory;
  readonly demoRoll: DemoRoll;
}

/** What is kept of the vote. */
export interface VotingStores {
  readonly ballotBox: BallotBox;
  readonly roll: Roll;
  readonly cityUserCodes: CityUserCodes;
  readonly casting: Casting;
  readonly urns: Urns;
  readonly links: BallotLinks;
  readonly sessions: BallotSessions;
  readonly codes: LoginCodes;
  readonly unfinished: UnfinishedVotes;
  readonly stations: Stations;
  readonly stationDevices: StationDevices;
  readonly stationActs: StationActs;
  readonly stationNotices: StationNotices;
  readonly tallies: Tallies;
  readonly results: Results;
}

export interface StoresOptions {
  readonly secrets: Secrets;
  /** The id of the edition that is served. */
  readonly edition: string;
  /** Those that it speaks, the main one first; none, unless given. */
  readonly languages?: readonly string[];
  /** Absent where nobody votes through the assistant. */
  readonly fixing?: Fixing | undefined;
  /** Told of rows that could not be read and were set aside; to be logged. */
  readonly report: (problem: Unreadable) => void;
}

/** @throws {StoreRefusal} where the database was written with other secrets */
export async function openStores(database: Database, options: StoresOptions): Promise<Stores> {
  const { secrets, edition, languages = [], report } = options;
  const sealer = createSealer(secrets);
  await checkKeysInUse(database, sealer, secrets);
  const context: Context = { database, sealer, edition, languages, report };
  const ballotBox = createBallotBox(context, options.fixing);
  const consents = createConsents(context);
  const settings = createSettings(database);
  return {
    inbox: createInbox(context),
    contacts: createContacts(context),
    conversations: createConversations(context, ballotBox),
    outbox: createOutbox(context),
    ...(database.kind === "server" && { slots: createSlots(database) }),
    deliveries: createDeliveries(context),
    consents,
    signals: createSignals(context, consents),
    templates: createTemplates(database),
    dailyLimits: createDailyLimits(settings),
    campaigns: createCampaigns(context),
    desk: {
      tickets: createTickets(context),
      commission: createCommission(context, ballotBox, options.fixing),
      roll: createRollKeeping(context),
      cityUsers: createCityUserDesk(context),
      misses: createMisses(context),
      questionnaires: createQuestionnaires(context),
      facilitators: createFacilitators(context),
      assistedSessions: createAssistedSessions(context),
    },
    voting: {
      ballotBox,
      roll: createRoll(context),
      cityUserCodes: createCityUserCodes(context),
      casting: createCasting(context),
      urns: createUrns(context),
      links: createLinks(context),
      sessions: createSessions(context),
      codes: createLoginCodes(context),
      unfinished: createUnfinishedVotes(context),
      stations: createStations(context),
      stationDevices: createStationDevices(context),
      stationActs: createStationActs(context),
      stationNotices: createStationNotices(context),
      tallies: createTallies(context),
      results: createResults(context),
    },
    settings,
    jobTurns: createJobTurns(database),
    mailbox: createMailbox(context),
    phoneHistory: createPhoneHistory(context),
    demoRoll: createDemoRoll(context),
  };
}
