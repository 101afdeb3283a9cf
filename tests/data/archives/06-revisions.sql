BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'monitor','m001_archive','2026-11-30 08:12:25.221022+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'monitor','m_moves_and_host_waits','2026-11-30 08:12:25.222475+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'monitor','m_messages','2026-11-30 08:12:25.243638+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'monitor','m_page_retries','2026-11-30 08:12:25.244431+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'monitor','m_decisions','2026-11-30 08:12:25.245073+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'monitor','m_revisions','2026-11-30 08:12:25.262790+00:00');
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
INSERT INTO "articles" VALUES('bbbbbbbbbbb2','https://lantern.example/b','Wycombe Lantern','https://lantern.example/feed','Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter Counter ','[]','2026-11-11T00:00:00.000000+00:00',1,'2026-11-11T08:00:00.000000+00:00','summary','the server said 503',NULL,NULL);
CREATE TABLE "decisions" (
   "id" INTEGER PRIMARY KEY,
   "edition" INTEGER NOT NULL,
   "learned" TEXT NOT NULL,
   "digest" TEXT NOT NULL,
   "record" TEXT NOT NULL
) STRICT;
INSERT INTO "decisions" VALUES(7,1,'2026-11-17T12:00:00.000000+00:00','d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1','{"edition": 1, "learned": "2026-11-17T12:00:00+00:00", "digest": "d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1", "decisions": [{"said": "kept", "edition": 1, "story": "5", "drafted": "Panel asks why calls wait", "articles": ["aaaaaaaaaaa1"], "heading": "Calls that wait", "excerpt": null, "note": ["For the chair."], "links": [], "without": [], "moved": false}]}');
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
  "made": "2026-11-30T08:08:08.122116+00:00",
  "header": {
    "to": "Report to the Thames Valley Police & Crime Panel",
    "title": "Topical Issues",
    "author": "Scrutiny Officer, Thames Valley Police & Crime Panel",
    "meeting": null
  },
  "items": [
    {
      "story": "75a8719dfe99",
      "heading": "Budget would find 40 more officers for £14 on council tax",
      "links": [
        {
          "outlet": "Chiltern Vale Messenger",
          "url": "http://chiltern-vale-messenger.example/articles/budget-would-find-40-more-officers-1001",
          "published": "2026-11-26",
          "published_is_guess": false,
          "kinship": null,
          "article": "3f1708e563e0",
          "later": false,
          "text": null
        },
        {
          "outlet": "Grid Square News",
          "url": "http://grid-square-news.example/news/police-ask-for-27p-a-week-more/1001",
          "published": "2026-11-27",
          "published_is_guess": false,
          "kinship": "report",
          "article": "624df2d5ec35",
          "later": false,
          "text": null
        },
        {
          "outlet": "The Thames Courier",
          "url": "http://thames-courier.example/news/1002.police-share-of-council-tax-set-to-rise/",
          "published": "2026-11-26",
          "published_is_guess": false,
          "kinship": "copy",
          "article": "75a8719dfe99",
          "later": false,
          "text": null
        }
      ],
      "excerpt": [
        "Households across the Thames Valley face paying an extra £14 a year towards policing under plans set out by the Police and Crime Commissioner.",
        "The rise in the police precept, which works out at 27p a week for a Band D home, would help to pay for a force budget of £641m. Just under half of that comes from council tax and the rest from government grant.",
        "Papers published ahead of the budget meeting say that Thames Valley Police must still find savings of £11.8m next year, most of them from buildings, vehicles and overtime.",
        "“Nobody likes to ask for more, and I know what a hard year it has been for many families,” the commissioner said. “Without this increase we would be losing neighbourhood officers. With it we can add 40.”",
        "Some 7,400 people answered a consultation on the plans. Of these, 58 per cent said that they would be willing to pay at least £10 more, while 31 per cent wanted no rise at all.",
        "Councillors on the Thames Valley Police and Crime Panel will vote on the proposal at their next meeting in Aylesbury. The panel can veto a precept once, but only with the support of two thirds of its members."
      ],
      "area": "thames-valley",
      "topics": [
        "finance",
        "workforce"
      ],
      "councils": [
        "buckinghamshire"
      ],
      "score": 33,
      "reason": "How policing is run or performs: it has standing (“more officers”), money (“police ~4 savings”) and plans (“council tax”).",
      "first_edition": null,
      "decided": null,
      "note": [],
      "speaks": "Papers published ahead of the budget meeting say that Thames Valley Police must still find savings of £11.8m next year, most of them from buildings, vehicles and overtime.",
      "cautions": []
    }
  ],
  "near_misses": [
    {
      "title": "Officer to face gross misconduct hearing over messages",
      "outlet": "The Thames Courier",
      "url": "http://thames-courier.example/news/1007.officer-to-face-gross-misconduct-hearing/",
      "published": "2026-11-27",
      "reason": "Nearly: it names commissioner (“police and crime commissioner*”) and force (“Thames Valley Police”), and nothing else raises it."
    }
  ],
  "basis": {
    "window": {
      "since": null,
      "until": "2026-11-30T08:08:08.122116+00:00"
    },
    "articles": 71,
    "stories": 61,
    "included": 17,
    "near": 2,
    "out": 42,
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
      "last_poll": "2026-11-30T08:07:58.656392+00:00"
    },
    "dropped": 0,
    "reported": 0,
    "own": 0,
    "changed": []
  },
  "rules_digest": "2b760a06a8af3fc334bf0d3dc479b136fead52e767fe9932f8d2c57afb7c32bd",
  "articles": [
    "05cba2b0bd0c",
    "064029ab5fbb"
  ],
  "previous": null,
  "dropped": [],
  "developments": []
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
, "moved_to" TEXT, "gone_since" TEXT) STRICT;
INSERT INTO "feed_states" VALUES('https://courier.example/rss','W/"a1"','Tue, 10 Nov 2026 10:00:00 GMT','ab12','2026-11-16T07:30:00.000000+00:00','2026-11-16T07:00:00.000000+00:00','2026-11-16T07:00:00.000000+00:00','2026-11-10T10:30:00.000000+00:00','2026-11-16T00:00:00.000000+00:00',0.0,NULL,'https://courier.example/feed',NULL);
INSERT INTO "feed_states" VALUES('https://lantern.example/feed',NULL,NULL,NULL,'2026-11-17T07:00:00.000000+00:00','2026-11-16T07:00:01.000000+00:00',NULL,NULL,NULL,2.25,'410 Gone',NULL,'2026-11-12T07:00:00.000000+00:00');
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
) STRICT;
INSERT INTO "messages" VALUES('<1@monitor.example>',1,'2026-11-16T07:01:30.000000+00:00',X'5375626A6563743A20546F706963616C204973737565732C20647261667420310D0A0D0A00FF','unsure','no answer within 30 s','2026-11-16T07:02:00.000000+00:00',1);
CREATE TABLE "page_checks" (
   "article" TEXT PRIMARY KEY,
   "at" TEXT NOT NULL
) STRICT;
INSERT INTO "page_checks" VALUES('aaaaaaaaaaa1','2026-11-16T07:01:00.000000+00:00');
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
COMMIT;
