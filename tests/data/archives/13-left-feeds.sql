BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'monitor','m001_archive','2026-11-30 08:12:37.831776+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'monitor','m_moves_and_host_waits','2026-11-30 08:12:37.850657+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'monitor','m_messages','2026-11-30 08:12:37.851684+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'monitor','m_page_retries','2026-11-30 08:12:37.852369+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'monitor','m_decisions','2026-11-30 08:12:37.852904+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'monitor','m_revisions','2026-11-30 08:12:37.854291+00:00');
INSERT INTO "_sqlite_migrations" VALUES(7,'monitor','m_receipts','2026-11-30 08:12:37.875247+00:00');
INSERT INTO "_sqlite_migrations" VALUES(8,'monitor','m_sources','2026-11-30 08:12:37.876575+00:00');
INSERT INTO "_sqlite_migrations" VALUES(9,'monitor','m_unread_checks','2026-11-30 08:12:37.877246+00:00');
INSERT INTO "_sqlite_migrations" VALUES(10,'monitor','m_entries','2026-11-30 08:12:37.877982+00:00');
INSERT INTO "_sqlite_migrations" VALUES(11,'monitor','m_left_out','2026-11-30 08:12:37.878583+00:00');
INSERT INTO "_sqlite_migrations" VALUES(12,'monitor','m_long_texts','2026-11-30 08:12:37.904846+00:00');
INSERT INTO "_sqlite_migrations" VALUES(13,'monitor','m_left_feeds','2026-11-30 08:12:37.906056+00:00');
CREATE TABLE "articles" (
   "id" TEXT PRIMARY KEY,
   "url" TEXT NOT NULL,
   "outlet" TEXT NOT NULL,
   "feed" TEXT NOT NULL,
   "title" TEXT NOT NULL,
   "paragraphs" TEXT NOT NULL,
   "published" TEXT NOT NULL,
   "published_is_guess" INTEGER,
   "first_seen" TEXT NOT NULL,
   "text_from" TEXT NOT NULL,
   "text_reason" TEXT,
   "shared_key" TEXT
, "page_title" TEXT) STRICT;
INSERT INTO "articles" VALUES('aaaaaaaaaaa1','https://courier.example/news/1','Thames Courier','https://courier.example/rss','Panel asks why calls wait','["The force answered nine in ten calls.", "Members asked about the tenth – and “why”. 警察"]','2026-11-10T09:00:00.000000+00:00',0,'2026-11-10T10:30:00.000001+00:00','page',NULL,'newsquest:1234567','Panel asks why calls wait | Thames Courier');
INSERT INTO "articles" VALUES('bbbbbbbbbbb2','https://lantern.example/b','Wycombe Lantern','https://lantern.example/feed','Front counter to close','[]','2026-11-11T00:00:00.000000+00:00',1,'2026-11-11T08:00:00.000000+00:00','summary','the server said 503',NULL,NULL);
CREATE TABLE "decisions" (
   "id" INTEGER PRIMARY KEY,
   "edition" INTEGER NOT NULL,
   "learned" TEXT NOT NULL,
   "digest" TEXT NOT NULL,
   "record" TEXT NOT NULL
, "source" TEXT NOT NULL DEFAULT 'report') STRICT;
INSERT INTO "decisions" VALUES(7,1,'2026-11-17T12:00:00.000000+00:00','d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1','{"edition": 1, "learned": "2026-11-17T12:00:00+00:00", "digest": "d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1", "decisions": [{"said": "kept", "edition": 1, "story": "5", "drafted": "Panel asks why calls wait", "articles": ["aaaaaaaaaaa1"], "heading": "Calls that wait", "excerpt": null, "note": ["For the chair."], "links": [], "without": [], "moved": false}], "source": "notes", "newest": 0}','notes');
CREATE TABLE "editions" (
   "number" INTEGER PRIMARY KEY,
   "made" TEXT NOT NULL,
   "since" TEXT,
   "until" TEXT NOT NULL,
   "meeting" TEXT,
   "items" INTEGER NOT NULL,
   "rules_digest" TEXT NOT NULL,
   "record" TEXT NOT NULL
) STRICT;
INSERT INTO "editions" VALUES(1,'2026-11-16T07:00:00.000000+00:00',NULL,'2026-11-16T07:00:00.000000+00:00','2026-12-18',1,'571116e7fa8e','{
  "number": 1,
  "made": "2026-11-30T08:09:15.991165+00:00",
  "header": {
    "to": "Report to the Thames Valley Police & Crime Panel",
    "title": "Topical Issues",
    "author": "Scrutiny Officer, Thames Valley Police & Crime Panel",
    "meeting": null
  },
  "items": [
    {
      "story": "30edb4a07fcc",
      "heading": "Rural crime taskforce recovers £1.2m of farm machinery in a year",
      "links": [
        {
          "outlet": "Kennet & Loddon Gazette",
          "url": "http://kennet-loddon-gazette.example/news/1002.rural-crime-taskforce-recovers-machinery/",
          "published": "2026-11-28",
          "published_is_guess": false,
          "kinship": null,
          "article": "30edb4a07fcc",
          "later": false,
          "text": null
        },
        {
          "outlet": "The Spires Recorder",
          "url": "http://spires-recorder.example/articles/farms-see-less-hare-coursing-1002",
          "published": "2026-11-28",
          "published_is_guess": false,
          "kinship": "report",
          "article": "b302a4fbf958",
          "later": false,
          "text": null
        }
      ],
      "excerpt": [
        "Stolen tractors, quad bikes and satellite guidance units worth £1.2m were found and returned to farmers last year by the rural crime taskforce of Thames Valley Police.",
        "The taskforce, which began with seven officers and has grown to 13, set out its results at a meeting of farmers in Hungerford. Reports of hare coursing fell by 31 per cent, to 312, across Berkshire, Buckinghamshire and Oxfordshire.",
        "Inspector Leofric Haines, who leads it, said that most machinery theft was the work of a few organised gangs. “A guidance unit comes off a tractor near Lambourn on a Tuesday and is on a container by Thursday,” he said. “If you tell us on the Tuesday, we have a chance.”",
        "Officers now fly nine drones and have marked 1,800 pieces of equipment with forensic fluid. Working with forces from Wiltshire to Bedfordshire, they arrested 44 people and seized 27 vehicles.",
        "Farmers welcomed the figures but asked for quicker answers at night. Rosalind Tapper, who farms sheep above Inkpen, said that she had waited until morning on two occasions.",
        "The Police and Crime Commissioner has promised to pay for the extra posts until the end of the police and crime plan. Fly-tipping on farmland, which the taskforce shares with councils, rose by eight per cent."
      ],
      "area": "thames-valley",
      "topics": [
        "rural-crime"
      ],
      "councils": [
        "west-berkshire"
      ],
      "score": 23,
      "reason": "How policing is run or performs: it has figures (“in a year”), decision (“taskforce”) and whole force (“Berkshire, Buckinghamshire and Oxfordshire”).",
      "first_edition": null,
      "decided": null,
      "note": [],
      "speaks": "Working with forces from Wiltshire to Bedfordshire, they arrested 44 people and seized 27 vehicles.",
      "cautions": [],
      "points": 8,
      "why": [
        {
          "points": 2,
          "says": "a new unit, service or building (“taskforce”)"
        },
        {
          "points": 2,
          "says": "figures with a comparison (“fell by”)"
        },
        {
          "points": 2,
          "says": "money given or won (“worth £1.2m”)"
        },
        {
          "points": 1,
          "says": "an amount of money (“£1.2m”)"
        },
        {
          "points": 1,
          "says": "new in the last 35 days"
        }
      ],
      "part": "figures",
      "subject": "",
      "outside": "",
      "taken": false
    }
  ],
  "near_misses": [
    {
      "title": "Officer to face gross misconduct hearing over messages",
      "outlet": "The Thames Courier",
      "url": "http://thames-courier.example/news/1007.officer-to-face-gross-misconduct-hearing/",
      "published": "2026-11-27",
      "reason": "Nearly: it names commissioner (“Police and Crime Commissioner”), force (“Thames Valley Police”) and policing words (“the force”), and hardly anything else raises it.",
      "story": "24c205c7d199",
      "articles": [
        "24c205c7d199"
      ]
    }
  ],
  "basis": {
    "window": {
      "since": null,
      "until": "2026-11-30T08:09:15.991165+00:00"
    },
    "articles": 71,
    "stories": 61,
    "included": 17,
    "near": 1,
    "out": 43,
    "health": {
      "feeds": 8,
      "read": 7,
      "failing": [
        {
          "outlet": "Wycombe Lantern",
          "url": "http://wycombe-lantern.example/rss",
          "what": "an HTML page, not a feed; it has never been read"
        }
      ],
      "silent": [
        {
          "outlet": "Otmoor Bulletin",
          "url": "http://otmoor-bulletin.example/rss",
          "what": "it answers, but its newest entry is of 21 October 2026"
        }
      ],
      "paused": [],
      "moved": [
        {
          "outlet": "The Spires Recorder",
          "url": "http://spires-recorder.example/rss",
          "what": "it has moved to http://spires-recorder.example/feed/all.xml; put that address into feeds.yaml"
        }
      ],
      "last_poll": "2026-11-30T08:09:02.504660+00:00",
      "last_read": "2026-11-30T08:09:02.504660+00:00"
    },
    "old": 0,
    "dropped": 0,
    "reported": 0,
    "further": 5,
    "own": 0,
    "changed": [],
    "unchecked": []
  },
  "rules_digest": "6f95e7aab978253d9e99d0cae170fb0b91c880c5537f4447caedd01efdd3577a",
  "articles": [
    "05cba2b0bd0c",
    "064029ab5fbb"
  ],
  "previous": null,
  "dropped": [],
  "developments": [],
  "doubts": [
    {
      "story": "2828c3ba7811",
      "heading": "Shop theft up six per cent but more thieves are charged",
      "other": "New clinic as number of stalking orders rises by half",
      "other_story": "ecb0ae18e2ac",
      "reason": "both name 12, 14, 19"
    }
  ],
  "old": [],
  "further": [
    {
      "story": "1d551c7b0811",
      "heading": "Custody suites ‘much improved’, but reviews of detention too often late",
      "links": [
        {
          "outlet": "The Thames Courier",
          "url": "http://thames-courier.example/news/1005.custody-suites-much-improved/",
          "published": "2026-11-29",
          "published_is_guess": false,
          "kinship": null,
          "article": "1f2906de13d7",
          "later": false,
          "text": null
        },
        {
          "outlet": "The Spires Recorder",
          "url": "http://spires-recorder.example/articles/police-cells-found-safer-1003",
          "published": "2026-11-29",
          "published_is_guess": false,
          "kinship": "report",
          "article": "1d551c7b0811",
          "later": false,
          "text": null
        }
      ],
      "excerpt": [
        "Police cells in Berkshire are cleaner, safer and better run than they were, inspectors have found, although decisions to keep people in them are not always reviewed on time.",
        "His Majesty’s Inspectorate of Constabulary and Fire & Rescue Services went back to the seven custody suites of Thames Valley Police, among them Loddon Valley in Lower Earley and Maidenhead, to see what had become of earlier advice.",
        "Of 16 recommendations, 11 have been met in full. Inspectors praised new observation rooms and the mental health nurses who now work round the clock. Custody sergeants told them that they felt supported.",
        "In 23 of 80 records that were examined, however, an inspector’s review of detention came late or by telephone without good reason. The watchdog also asked for better care for girls, who should each have a named female officer.",
        "The force accepted the report in full. It said that a new reminder on the custody computer had already cut late reviews, and that girls would be given a named officer within the first hour.",
        "Magda Fenwick-Oyelaran, who co-ordinates volunteer custody visitors in Berkshire, said that the findings matched what her team saw. “You notice the difference as you walk in,” she said."
      ],
      "area": "thames-valley",
      "topics": [
        "criminal-justice",
        "inspection"
      ],
      "councils": [
        "wokingham",
        "windsor-maidenhead"
      ],
      "score": 19,
      "reason": "How policing is run or performs: it has whole force (“Custody suites”), inspectorates (“Inspectorate of Constabulary”) and force (“Thames Valley Police”).",
      "first_edition": null,
      "decided": null,
      "note": [],
      "speaks": "His Majesty’s Inspectorate of Constabulary and Fire & Rescue Services went back to the seven custody suites of Thames Valley Police, among them Loddon Valley in Lower Earley and Maidenhead, to see what had become of earlier advice.",
      "cautions": [],
      "points": 1,
      "why": [
        {
          "points": -4,
          "says": "advice or an event (“advice”)"
        },
        {
          "points": 3,
          "says": "an outside body’s verdict on the force (“inspectors”)"
        },
        {
          "points": 1,
          "says": "new in the last 35 days"
        },
        {
          "points": 1,
          "says": "the commissioner or the panel speaks (“Commissioner said”)"
        }
      ],
      "part": "critical",
      "subject": "custody",
      "outside": "it lacks 2 points to “Fewer unauthorised encampments as councils and police agree new rules”, which has figures (“figures”)",
      "taken": false
    }
  ],
  "towards": ""
}
');
CREATE TABLE "entries" (
   "feed" TEXT NOT NULL,
   "entry" TEXT NOT NULL,
   "article" TEXT NOT NULL,
   PRIMARY KEY ("feed", "entry")
) STRICT;
INSERT INTO "entries" VALUES('https://courier.example/rss','guid-1','aaaaaaaaaaa1');
CREATE TABLE "feed_states" (
   "url" TEXT PRIMARY KEY,
   "etag" TEXT,
   "last_modified" TEXT,
   "body_digest" TEXT,
   "next_poll" TEXT,
   "last_poll" TEXT,
   "last_success" TEXT,
   "last_new" TEXT,
   "last_full" TEXT,
   "failures" REAL NOT NULL,
   "last_failure" TEXT
, "moved_to" TEXT, "gone_since" TEXT, "left_out" TEXT, "left" TEXT, "left_since" TEXT) STRICT;
INSERT INTO "feed_states" VALUES('https://courier.example/rss','W/"a1"','Tue, 10 Nov 2026 10:00:00 GMT','ab12','2026-11-16T07:30:00.000000+00:00','2026-11-16T07:00:00.000000+00:00','2026-11-16T07:00:00.000000+00:00','2026-11-10T10:30:00.000000+00:00','2026-11-16T00:00:00.000000+00:00',0.0,NULL,'https://courier.example/feed',NULL,'10 of 60 entries',NULL,NULL);
INSERT INTO "feed_states" VALUES('https://lantern.example/feed',NULL,NULL,NULL,'2026-11-17T07:00:00.000000+00:00','2026-11-16T07:00:01.000000+00:00',NULL,NULL,NULL,2.25,'410 Gone',NULL,'2026-11-12T07:00:00.000000+00:00',NULL,'the poll was over','2026-11-16T07:10:00.000000+00:00');
CREATE TABLE "host_waits" (
   "host" TEXT PRIMARY KEY,
   "until" TEXT NOT NULL
) STRICT;
INSERT INTO "host_waits" VALUES('lantern.example','2026-11-17T07:00:00.000000+00:00');
CREATE TABLE "messages" (
   "id" TEXT PRIMARY KEY,
   "edition" INTEGER NOT NULL,
   "composed" TEXT NOT NULL,
   "content" BLOB NOT NULL,
   "state" TEXT NOT NULL,
   "detail" TEXT NOT NULL,
   "tried" TEXT,
   "doubts" INTEGER NOT NULL
, "receipts" TEXT NOT NULL DEFAULT '[]') STRICT;
INSERT INTO "messages" VALUES('<1@monitor.example>',1,'2026-11-16T07:01:30.000000+00:00',X'5375626A6563743A20546F706963616C204973737565732C20647261667420310D0A0D0A00FF','unsure','no answer within 30 s','2026-11-16T07:02:00.000000+00:00',1,'[{"address": "officer@example.org", "answer": "later", "said": "450 busy"}]');
CREATE TABLE "page_checks" (
   "article" TEXT PRIMARY KEY,
   "at" TEXT NOT NULL
, "unread" TEXT) STRICT;
INSERT INTO "page_checks" VALUES('aaaaaaaaaaa1','2026-11-16T07:01:00.000000+00:00','the server said 429');
CREATE TABLE "page_retries" (
   "article" TEXT PRIMARY KEY,
   "url" TEXT NOT NULL,
   "feed" TEXT NOT NULL,
   "tries" INTEGER NOT NULL,
   "next_try" TEXT NOT NULL,
   "until" TEXT NOT NULL
) STRICT;
INSERT INTO "page_retries" VALUES('bbbbbbbbbbb2','https://lantern.example/b','https://lantern.example/feed',2,'2026-11-16T08:00:00.000000+00:00','2026-11-18T08:00:00.000000+00:00');
CREATE TABLE "polls" (
   "feed" TEXT NOT NULL,
   "at" TEXT NOT NULL,
   "result" TEXT NOT NULL,
   "entries" INTEGER NOT NULL,
   "new" INTEGER NOT NULL,
   "reason" TEXT
) STRICT;
INSERT INTO "polls" VALUES('https://courier.example/rss','2026-11-10T10:30:00.000000+00:00','new',3,1,NULL);
INSERT INTO "polls" VALUES('https://lantern.example/feed','2026-11-16T07:00:01.000000+00:00','failed',0,0,'410 Gone');
CREATE TABLE "revisions" (
   "article" TEXT NOT NULL,
   "at" TEXT NOT NULL,
   "what" TEXT NOT NULL,
   "title" TEXT,
   "paragraphs" TEXT NOT NULL
) STRICT;
INSERT INTO "revisions" VALUES('aaaaaaaaaaa1','2026-11-16T07:01:00.000000+00:00','headline','Panel told why calls wait','["The force answered nine in ten calls.", "Members asked about the tenth – and “why”. 警察"]');
CREATE TABLE "runs" (
   "job" TEXT NOT NULL,
   "started" TEXT NOT NULL,
   "ended" TEXT NOT NULL,
   "ok" INTEGER NOT NULL,
   "summary" TEXT NOT NULL
) STRICT;
INSERT INTO "runs" VALUES('poll','2026-11-16T07:00:00.000000+00:00','2026-11-16T07:00:09.000000+00:00',1,'2 feeds polled, 1 failed; 0 new articles.');
INSERT INTO "runs" VALUES('weekly report','2026-11-16T07:01:00.000000+00:00','2026-11-16T07:02:00.000000+00:00',0,'The mail server did not answer.');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX "idx_articles_first_seen"
    ON "articles" ("first_seen");
CREATE INDEX "idx_articles_url"
    ON "articles" ("url");
CREATE INDEX "idx_polls_at"
    ON "polls" ("at");
CREATE INDEX "idx_revisions_article_at"
    ON "revisions" ("article", "at");
CREATE INDEX "idx_entries_article"
    ON "entries" ("article");
COMMIT;
