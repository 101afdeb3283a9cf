BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'monitor','m001_archive','2026-11-30 08:12:27.282821+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'monitor','m_moves_and_host_waits','2026-11-30 08:12:27.284446+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'monitor','m_messages','2026-11-30 08:12:27.285251+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'monitor','m_page_retries','2026-11-30 08:12:27.285961+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'monitor','m_decisions','2026-11-30 08:12:27.298777+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'monitor','m_revisions','2026-11-30 08:12:27.318966+00:00');
INSERT INTO "_sqlite_migrations" VALUES(7,'monitor','m_receipts','2026-11-30 08:12:27.319865+00:00');
INSERT INTO "_sqlite_migrations" VALUES(8,'monitor','m_unread_checks','2026-11-30 08:12:27.320608+00:00');
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
  "made": "2026-11-30T08:08:43.458268+00:00",
  "header": {
    "to": "Report to the Thames Valley Police & Crime Panel",
    "title": "Topical Issues",
    "author": "Scrutiny Officer, Thames Valley Police & Crime Panel",
    "meeting": null
  },
  "items": [
    {
      "story": "2828c3ba7811",
      "heading": "Shop theft up six per cent but more thieves are charged",
      "links": [
        {
          "outlet": "The Thames Courier",
          "url": "http://thames-courier.example/news/1006.shop-theft-up-but-more-thieves-charged/",
          "published": "2026-11-24",
          "published_is_guess": false,
          "kinship": null,
          "article": "2828c3ba7811",
          "later": false,
          "text": null
        }
      ],
      "excerpt": [
        "Shoplifting in the Thames Valley rose by six per cent in a year, while the share of cases that ended in a charge went from 17 to 24 per cent.",
        "Thames Valley Police recorded 18,420 shop thefts in the 12 months to the end of last quarter. Reading had the most, with 2,910, followed by Milton Keynes and Slough.",
        "A retail crime team of 14 officers and staff, set up by the Police and Crime Commissioner last year, concentrates on people who steal again and again. The force says that 122 of them are behind a quarter of all reports.",
        "The figures released with the team’s first annual review show that:",
        "- 1,150 shops now send reports and pictures by an app, up from 400",
        "- the average time to identify a suspect has fallen from 19 days to six"
      ],
      "area": "thames-valley",
      "topics": [
        "acquisitive-crime"
      ],
      "councils": [
        "reading",
        "milton-keynes",
        "slough",
        "oxford"
      ],
      "score": 16,
      "reason": "How policing is run or performs: it has figures (“per cent”), commissioner (“Police and Crime Commissioner”) and policing words (“the commissioner”).",
      "first_edition": null,
      "decided": null,
      "note": [],
      "speaks": "A retail crime team of 14 officers and staff, set up by the Police and Crime Commissioner last year, concentrates on people who steal again and again.",
      "cautions": [],
      "points": 8,
      "why": [
        {
          "points": 3,
          "says": "how the force performs (“ended in a charge”)"
        },
        {
          "points": 2,
          "says": "figures with a comparison (“per cent”)"
        },
        {
          "points": 1,
          "says": "figures in the headline (“per cent”)"
        },
        {
          "points": 1,
          "says": "new in the last 35 days"
        },
        {
          "points": 1,
          "says": "the commissioner or the panel speaks (“commissioner’s retail forum said”)"
        }
      ],
      "part": "figures",
      "subject": "",
      "outside": ""
    }
  ],
  "near_misses": [
    {
      "title": "Officer to face gross misconduct hearing over messages",
      "outlet": "The Thames Courier",
      "url": "http://thames-courier.example/news/1007.officer-to-face-gross-misconduct-hearing/",
      "published": "2026-11-27",
      "reason": "Nearly: it names commissioner (“Police and Crime Commissioner”), force (“Thames Valley Police”) and policing words (“the force”), and hardly anything else raises it."
    }
  ],
  "basis": {
    "window": {
      "since": null,
      "until": "2026-11-30T08:08:43.458268+00:00"
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
      "last_poll": "2026-11-30T08:08:24.952075+00:00",
      "last_read": "2026-11-30T08:08:24.952075+00:00"
    },
    "dropped": 0,
    "reported": 0,
    "further": 5,
    "own": 0,
    "changed": [],
    "unchecked": []
  },
  "rules_digest": "ac3eed78bc0b3c4cb83aab907fa3575f1d772af8adce013ac7f12cf90aec48dc",
  "articles": [
    "05cba2b0bd0c",
    "064029ab5fbb"
  ],
  "previous": null,
  "dropped": [],
  "developments": [],
  "doubts": [],
  "further": [
    {
      "story": "0a882a92abf8",
      "heading": "Fewer unauthorised encampments as councils and police agree new rules",
      "links": [
        {
          "outlet": "Chiltern Vale Messenger",
          "url": "http://chiltern-vale-messenger.example/articles/fewer-unauthorised-encampments-1005",
          "published": "2026-11-24",
          "published_is_guess": false,
          "kinship": null,
          "article": "0a882a92abf8",
          "later": false,
          "text": null
        }
      ],
      "excerpt": [
        "Unauthorised encampments in the Thames Valley fell from 204 to 171 last year, and the police used their strongest power to move people on in 22 cases.",
        "The figures were published with a new protocol that all the councils of the area have signed with Thames Valley Police and the Police and Crime Commissioner. It says who should visit a site first, what is to be asked about health and schooling, and when officers may use section 61 of the Criminal Justice and Public Order Act.",
        "A first visit is promised within 24 hours. Landowners will be told within two working days what is to be done.",
        "Buckinghamshire had 48 encampments, the most of any council, followed by Milton Keynes with 39. Three in five left within three days.",
        "Families will be pointed to a transit site where there is one. The councils have asked consultants to look for two more, at a cost of £90,000 shared among them.",
        "“There are rights on both sides of the hedge,” said Hesper Lovatt, who advises Romany and Traveller families in the Vale of Aylesbury. “What helps is knowing who is going to turn up, and that they will speak before they serve a paper.”"
      ],
      "area": "thames-valley",
      "topics": [
        "encampments"
      ],
      "councils": [
        "milton-keynes",
        "buckinghamshire"
      ],
      "score": 15,
      "reason": "How policing is run or performs: it has commissioner (“Police and Crime Commissioner”), force (“Thames Valley Police”) and policing words (“The commissioner”).",
      "first_edition": null,
      "decided": null,
      "note": [],
      "speaks": "The figures were published with a new protocol that all the councils of the area have signed with Thames Valley Police and the Police and Crime Commissioner.",
      "cautions": [],
      "points": 3,
      "why": [
        {
          "points": 1,
          "says": "figures (“figures”)"
        },
        {
          "points": 1,
          "says": "new in the last 35 days"
        },
        {
          "points": 1,
          "says": "the commissioner or the panel speaks (“commissioner said”)"
        }
      ],
      "part": "",
      "subject": "",
      "outside": "it lacks a place: as many stories weigh as much, and “Fraud victims ‘too often left without answers’, national inspection finds” is the fuller or stands for good news"
    }
  ],
  "towards": ""
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
COMMIT;
