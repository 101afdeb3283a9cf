BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'monitor','m001_archive','2026-11-30 08:12:19.319400+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'monitor','m_messages','2026-11-30 08:12:19.320392+00:00');
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
) STRICT;
INSERT INTO "articles" VALUES('aaaaaaaaaaa1','https://courier.example/news/1','Thames Courier','https://courier.example/rss','Panel asks why calls wait','["The force answered nine in ten calls.", "Members asked about the tenth – and “why”. 警察"]','2026-11-10T09:00:00.000000+00:00',0,'2026-11-10T10:30:00.000001+00:00','page',NULL,'newsquest:1234567');
INSERT INTO "articles" VALUES('bbbbbbbbbbb2','https://lantern.example/b','Wycombe Lantern','https://lantern.example/feed','Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter ','[]','2026-11-11T00:00:00.000000+00:00',1,'2026-11-11T08:00:00.000000+00:00','summary','the server said 503',NULL);
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
  "made": "2026-11-30T08:07:17.517665+00:00",
  "header": {
    "to": "Report to the Thames Valley Police & Crime Panel",
    "title": "Topical Issues",
    "author": "Scrutiny Officer, Thames Valley Police & Crime Panel",
    "meeting": null
  },
  "items": [
    {
      "story": "fb93358fa054",
      "heading": "Black people 3.4 times as likely to be stopped and searched, figures show",
      "links": [
        {
          "outlet": "The Thames Courier",
          "url": "http://thames-courier.example/news/1004.stop-and-search-figures-thames-valley/",
          "published": "2026-11-25",
          "published_is_guess": false,
          "kinship": null,
          "article": "fb93358fa054"
        }
      ],
      "excerpt": [
        "Black people were 3.4 times as likely as white people to be stopped and searched by Thames Valley Police last year, according to figures put before a scrutiny panel in Reading.",
        "The gap has narrowed from 4.1 times in the year before. Officers carried out 14,900 searches in all, and found something in 31 per cent of them, most often drugs.",
        "The force’s race action plan promises that every search in which force was used will be looked at by a sergeant, and that body-worn video will be shown to community panels in Reading, Slough, Oxford, Aylesbury and Milton Keynes.",
        "“The numbers are going the right way, and slowly,” said Lemuel Adeyinka-Frost, who chairs the Berkshire community panel. “We watched 60 videos this year. In 52 of them the officer explained the search clearly. In eight we sent it back with questions.”",
        "Assistant chief constables have been asked to report every three months on disproportionality in each local area. Slough and Reading account for a third of all searches.",
        "The Police and Crime Commissioner said that stop and search took weapons off the street, and that it depended on public confidence. “Both of those things are true and I will hold the force to both,” he said."
      ],
      "area": "thames-valley",
      "topics": [
        "stop-search-race"
      ],
      "councils": [
        "reading",
        "slough",
        "oxford",
        "buckinghamshire",
        "milton-keynes"
      ],
      "score": 31,
      "reason": "How policing is run or performs: it has figures (“<number> times as”), source (“figures show”) and commissioner (“police and crime commissioner*”)."
    }
  ],
  "near_misses": [
    {
      "title": "Officer to face gross misconduct hearing over messages",
      "outlet": "The Thames Courier",
      "url": "http://thames-courier.example/news/1007.officer-to-face-gross-misconduct-hearing/",
      "published": "2026-11-27",
      "reason": "Nearly: commissioner (“police and crime commissioner*”) and force (“Thames Valley Police”) make 3 of the 6 points that it needs."
    }
  ],
  "basis": {
    "window": {
      "since": null,
      "until": "2026-11-30T08:07:17.517665+00:00"
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
      "last_poll": "2026-11-30T08:07:10.550474+00:00"
    }
  },
  "rules_digest": "afbb2a11473328fce103776bcdc348637fbac104d99df002c8bee7ee4909da40",
  "articles": [
    "05cba2b0bd0c",
    "064029ab5fbb"
  ]
}
');
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
) STRICT;
INSERT INTO "feed_states" VALUES('https://courier.example/rss','W/"a1"','Tue, 10 Nov 2026 10:00:00 GMT','ab12','2026-11-16T07:30:00.000000+00:00','2026-11-16T07:00:00.000000+00:00','2026-11-16T07:00:00.000000+00:00','2026-11-10T10:30:00.000000+00:00','2026-11-16T00:00:00.000000+00:00',0.0,NULL);
INSERT INTO "feed_states" VALUES('https://lantern.example/feed',NULL,NULL,NULL,'2026-11-17T07:00:00.000000+00:00','2026-11-16T07:00:01.000000+00:00',NULL,NULL,NULL,2.25,'410 Gone');
CREATE TABLE "messages" (
   "id" TEXT PRIMARY KEY,
   "edition" INTEGER NOT NULL,
   "composed" TEXT NOT NULL,
   "content" BLOB NOT NULL,
   "state" TEXT NOT NULL,
   "detail" TEXT NOT NULL,
   "tried" TEXT,
   "doubts" INTEGER NOT NULL
) STRICT;
INSERT INTO "messages" VALUES('<1@monitor.example>',1,'2026-11-16T07:01:30.000000+00:00',X'5375626A6563743A20546F706963616C204973737565732C20647261667420310D0A0D0A00FF','unsure','no answer within 30 s','2026-11-16T07:02:00.000000+00:00',1);
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
COMMIT;
