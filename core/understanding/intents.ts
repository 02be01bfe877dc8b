/** What a citizen may want when writing a free sentence. The names are part of the contract and stay as they are. */
export const intents = [
  "check_eligibility",
  "submit_proposal",
  "proposal_rules",
  "info_participatory_budget",
  "info_spid",
  "info_cie",
  "info_pagopa",
  "info_app_io",
  "how_to_vote",
  "where_to_vote",
  "when_to_vote",
  "vote_now",
  "phases_dates",
  "list_projects",
  "results",
  "register_city_user",
  "contacts",
  "talk_to_human",
  "digital_assistance",
  "help",
  "go_back",
  "cancel",
  "change_language",
  "set_reminder",
  "stop_reminders",
  "privacy_info",
  "delete_my_data",
  "greeting",
  "thanks",
  "goodbye",
] as const;

export type Intent = (typeof intents)[number];

/** What must not be answered as if it had been understood. It is learnt like an intent and never given as one. */
export const OUT_OF_SCOPE = "out_of_scope";

/** What the classifier tells apart. */
export const labels = [...intents, OUT_OF_SCOPE] as const;

export type Label = (typeof labels)[number];
