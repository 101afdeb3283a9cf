BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'monitor','m001_archive','2026-11-30 18:16:38.563857+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'monitor','m_moves_and_host_waits','2026-11-30 18:16:38.565504+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'monitor','m_messages','2026-11-30 18:16:38.566457+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'monitor','m_page_retries','2026-11-30 18:16:38.579850+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'monitor','m_decisions','2026-11-30 18:16:38.580635+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'monitor','m_revisions','2026-11-30 18:16:38.588396+00:00');
INSERT INTO "_sqlite_migrations" VALUES(7,'monitor','m_receipts','2026-11-30 18:16:38.589088+00:00');
INSERT INTO "_sqlite_migrations" VALUES(8,'monitor','m_sources','2026-11-30 18:16:38.589892+00:00');
INSERT INTO "_sqlite_migrations" VALUES(9,'monitor','m_unread_checks','2026-11-30 18:16:38.601851+00:00');
INSERT INTO "_sqlite_migrations" VALUES(10,'monitor','m_entries','2026-11-30 18:16:38.603270+00:00');
INSERT INTO "_sqlite_migrations" VALUES(11,'monitor','m_left_out','2026-11-30 18:16:38.604187+00:00');
INSERT INTO "_sqlite_migrations" VALUES(12,'monitor','m_long_texts','2026-11-30 18:16:38.604754+00:00');
INSERT INTO "_sqlite_migrations" VALUES(13,'monitor','m_left_feeds','2026-11-30 18:16:38.606034+00:00');
INSERT INTO "_sqlite_migrations" VALUES(14,'monitor','m_weekly_editions','2026-11-30 18:16:38.624858+00:00');
INSERT INTO "_sqlite_migrations" VALUES(15,'monitor','m_told','2026-11-30 18:16:38.625893+00:00');
INSERT INTO "_sqlite_migrations" VALUES(16,'monitor','m_forgetting','2026-11-30 18:16:38.634348+00:00');
INSERT INTO "_sqlite_migrations" VALUES(17,'monitor','m_seals','2026-11-30 18:16:38.651838+00:00');
INSERT INTO "_sqlite_migrations" VALUES(18,'monitor','m_desk','2026-11-30 18:16:38.710982+00:00');
INSERT INTO "_sqlite_migrations" VALUES(19,'monitor','m_panels','2026-11-30 18:16:38.759505+00:00');
INSERT INTO "_sqlite_migrations" VALUES(20,'monitor','m_outlets','2026-11-30 18:16:38.760610+00:00');
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
, "page_title" TEXT, "forgotten" TEXT) STRICT;
INSERT INTO "articles" VALUES('aaaaaaaaaaa1','https://courier.example/news/1','Thames Courier','https://courier.example/rss','Panel asks why calls wait','["The force answered nine in ten calls.", "Members asked about the tenth – and “why”. 警察"]','2026-11-10T09:00:00.000000+00:00',0,'2026-11-10T10:30:00.000001+00:00','page',NULL,'newsquest:1234567','Panel asks why calls wait | Thames Courier',NULL);
INSERT INTO "articles" VALUES('bbbbbbbbbbb2','https://lantern.example/b','Wycombe Lantern','https://lantern.example/feed','Front counter to close','[]','2026-11-11T00:00:00.000000+00:00',1,'2026-11-11T08:00:00.000000+00:00','summary','the server said 503',NULL,NULL,NULL);
CREATE TABLE "decisions" (
   "id" INTEGER PRIMARY KEY,
   "edition" INTEGER NOT NULL,
   "learned" TEXT NOT NULL,
   "digest" TEXT NOT NULL,
   "record" TEXT NOT NULL
, "source" TEXT NOT NULL DEFAULT 'report', "by" TEXT NOT NULL DEFAULT '', "withdrawn" TEXT, "withdrawn_by" TEXT NOT NULL DEFAULT '', panel TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO "decisions" VALUES(7,1,'2026-11-17T12:00:00.000000+00:00','d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1','{"edition": 1, "learned": "2026-11-17T12:00:00+00:00", "digest": "d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1", "decisions": [{"said": "kept", "edition": 1, "story": "5", "drafted": "Panel asks why calls wait", "articles": ["aaaaaaaaaaa1"], "heading": "Calls that wait", "excerpt": null, "note": ["For the chair."], "links": [], "without": [], "moved": false, "placed": true, "was": null}], "source": "notes", "newest": 0, "in_order": false, "by": "", "deed": "", "about": "", "checked": []}','notes','Ann','2026-11-17T12:30:00.000000+00:00','Ben','thames-valley');
CREATE TABLE editions (panel TEXT NOT NULL DEFAULT '', number INTEGER NOT NULL, made TEXT NOT NULL, since TEXT, until TEXT NOT NULL, meeting TEXT, items INTEGER NOT NULL, rules_digest TEXT NOT NULL, record TEXT NOT NULL, weekly TEXT, issued TEXT, issued_by TEXT NOT NULL DEFAULT '', PRIMARY KEY (panel, number)) STRICT;
INSERT INTO "editions" VALUES('thames-valley',1,'2026-11-16T07:00:00.000000+00:00',NULL,'2026-11-16T07:00:00.000000+00:00','2026-12-18',1,'571116e7fa8e','{
  "number": 1,
  "made": "2026-11-16T07:00:00+00:00",
  "header": {
    "to": "Report to the Thames Valley Police & Crime Panel",
    "title": "Topical Issues",
    "author": "Scrutiny Officer, Thames Valley Police & Crime Panel",
    "meeting": "2026-11-27"
  },
  "items": [
    {
      "story": "0123456789ab",
      "heading": "Heading 0123456789ab",
      "links": [
        {
          "outlet": "Thames Courier",
          "url": "https://thamescourier.example/news/1",
          "published": "2026-11-12",
          "published_is_guess": false,
          "kinship": null,
          "article": "one",
          "later": false,
          "text": null
        }
      ],
      "excerpt": [
        "First paragraph.",
        "Second paragraph."
      ],
      "area": "thames-valley",
      "topics": [
        "finance"
      ],
      "councils": [],
      "score": 9,
      "reason": "Figures for the whole force.",
      "first_edition": null,
      "decided": null,
      "note": [],
      "speaks": "",
      "cautions": [],
      "points": 0,
      "why": [],
      "part": "",
      "subject": "",
      "outside": "",
      "taken": false,
      "drafted": null,
      "choice": "",
      "is_old": false,
      "good_news": "",
      "quoted": "",
      "copied": [],
      "speaker": "",
      "length": 0,
      "said": null
    }
  ],
  "near_misses": [
    {
      "title": "Officer dismissed after hearing",
      "outlet": "Vale Gazette",
      "url": "https://gazette.example/2",
      "published": "2026-11-11",
      "reason": "One case, though it puts the force itself in question.",
      "story": "",
      "articles": []
    }
  ],
  "basis": {
    "window": {
      "since": "2026-11-09T07:00:00+00:00",
      "until": "2026-11-16T07:00:00+00:00"
    },
    "articles": 47,
    "stories": 42,
    "included": 1,
    "near": 1,
    "out": 40,
    "health": {
      "feeds": 6,
      "read": 5,
      "failing": [
        {
          "outlet": "Chiltern Echo",
          "url": "https://echo.example/rss",
          "what": "404 Not Found"
        }
      ],
      "silent": [],
      "paused": [],
      "moved": [],
      "last_poll": "2026-11-16T06:55:00+00:00",
      "last_read": "2026-11-16T06:50:00+00:00"
    },
    "old": 0,
    "dropped": 0,
    "reported": 0,
    "later": 0,
    "further": 0,
    "own": 0,
    "changed": [],
    "unchecked": []
  },
  "rules_digest": "abababababababababababababababababababababababababababababababab",
  "articles": [
    "aaaaaaaaaaa1",
    "bbbbbbbbbbb2"
  ],
  "previous": null,
  "dropped": [],
  "developments": [],
  "doubts": [],
  "old": [],
  "further": [],
  "aside": [],
  "later": [],
  "towards": "",
  "erased": null
}
','2026-11-16T07:00:00.000000+00:00','2026-11-18T09:00:00.000000+00:00','Ann');
CREATE TABLE "entries" (
   "feed" TEXT NOT NULL,
   "entry" TEXT NOT NULL,
   "article" TEXT NOT NULL,
   PRIMARY KEY ("feed", "entry")
) STRICT;
INSERT INTO "entries" VALUES('https://courier.example/rss','guid-1','aaaaaaaaaaa1');
CREATE TABLE "erasures" (
   "id" INTEGER PRIMARY KEY,
   "at" TEXT NOT NULL,
   "by" TEXT NOT NULL,
   "counts" TEXT NOT NULL,
   "rewritten" INTEGER NOT NULL
) STRICT;
INSERT INTO "erasures" VALUES(1,'2026-11-15T03:00:00.000000+00:00','name','{"articles": 1}',1);
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
CREATE TABLE "forgotten" (
   "digest" TEXT PRIMARY KEY,
   "at" TEXT NOT NULL
) STRICT;
INSERT INTO "forgotten" VALUES('f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0','2026-11-15T03:00:00.000000+00:00');
CREATE TABLE "forgotten_key" (
   "key" BLOB NOT NULL
) STRICT;
INSERT INTO "forgotten_key" VALUES(X'C777273F959FFC302FC7CC98B1634CDA8479F7A1106544DDD8D727C67D4CE985');
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
, "receipts" TEXT NOT NULL DEFAULT '[]', panel TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO "messages" VALUES('<1@monitor.example>',1,'2026-11-16T07:01:30.000000+00:00',X'5375626A6563743A20546F706963616C204973737565732C20647261667420310D0A0D0A00FF','unsure','no answer within 30 s','2026-11-16T07:02:00.000000+00:00',1,'[{"address": "officer@example.org", "answer": "later", "said": "450 busy"}]','thames-valley');
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
, panel TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO "runs" VALUES('poll','2026-11-16T07:00:00.000000+00:00','2026-11-16T07:00:09.000000+00:00',1,'2 feeds polled, 1 failed; 0 new articles.','');
INSERT INTO "runs" VALUES('weekly report','2026-11-16T07:01:00.000000+00:00','2026-11-16T07:02:00.000000+00:00',0,'The mail server did not answer.','thames-valley');
CREATE TABLE seals (room TEXT NOT NULL, key TEXT NOT NULL, seal INTEGER, UNIQUE (room, key)) STRICT;
INSERT INTO "seals" VALUES('articles','aaaaaaaaaaa1',-8223565310841644643);
INSERT INTO "seals" VALUES('articles','bbbbbbbbbbb2',-8533499228893914175);
INSERT INTO "seals" VALUES('editions','thames-valley 1',-485035059701199313);
INSERT INTO "seals" VALUES('messages','<1@monitor.example>',1831015002061027316);
INSERT INTO "seals" VALUES('decisions','7',-2985504303806912830);
INSERT INTO "seals" VALUES('revisions','aaaaaaaaaaa1 2026-11-16T07:01:00.000000+00:00',-2696827583288700878);
CREATE TABLE told (panel TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL, subject TEXT NOT NULL, says TEXT NOT NULL, since TEXT NOT NULL, told TEXT, tried TEXT, doubts INTEGER NOT NULL, PRIMARY KEY (panel, kind, subject)) STRICT;
INSERT INTO "told" VALUES('thames-valley','mail','draft 1','The mail server does not answer.','2026-11-16T07:02:00.000000+00:00','2026-11-16T09:00:00.000000+00:00','2026-11-16T09:00:00.000000+00:00',0);
CREATE TABLE "writings" (
   "id" INTEGER PRIMARY KEY,
   "edition" INTEGER,
   "folder" TEXT NOT NULL,
   "stem" TEXT NOT NULL,
   "formats" TEXT NOT NULL
, panel TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO "writings" VALUES(1,1,'drafts','topical-issues-2026-12-18-draft-1','["docx"]','thames-valley');
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
CREATE INDEX unsealed ON seals (room, key) WHERE seal IS NULL;
CREATE TRIGGER articles_written AFTER INSERT ON articles BEGIN INSERT OR REPLACE INTO seals (room, key, seal) VALUES ('articles', CAST(NEW.id AS TEXT), NULL); END;
CREATE TRIGGER articles_changed AFTER UPDATE ON articles BEGIN DELETE FROM seals WHERE room = 'articles' AND key = CAST(OLD.id AS TEXT); INSERT OR REPLACE INTO seals (room, key, seal) VALUES ('articles', CAST(NEW.id AS TEXT), NULL); END;
CREATE TRIGGER articles_removed AFTER DELETE ON articles BEGIN DELETE FROM seals WHERE room = 'articles' AND key = CAST(OLD.id AS TEXT); END;
CREATE TRIGGER revisions_written AFTER INSERT ON revisions BEGIN INSERT OR REPLACE INTO seals (room, key, seal) VALUES ('revisions', CAST(NEW.article || ' ' || NEW.at AS TEXT), NULL); END;
CREATE TRIGGER revisions_changed AFTER UPDATE ON revisions BEGIN DELETE FROM seals WHERE room = 'revisions' AND key = CAST(OLD.article || ' ' || OLD.at AS TEXT); INSERT OR REPLACE INTO seals (room, key, seal) VALUES ('revisions', CAST(NEW.article || ' ' || NEW.at AS TEXT), NULL); END;
CREATE TRIGGER revisions_removed AFTER DELETE ON revisions BEGIN DELETE FROM seals WHERE room = 'revisions' AND key = CAST(OLD.article || ' ' || OLD.at AS TEXT); END;
CREATE TRIGGER decisions_written AFTER INSERT ON decisions BEGIN INSERT OR REPLACE INTO seals (room, key, seal) VALUES ('decisions', CAST(NEW.id AS TEXT), NULL); END;
CREATE TRIGGER decisions_changed AFTER UPDATE ON decisions BEGIN DELETE FROM seals WHERE room = 'decisions' AND key = CAST(OLD.id AS TEXT); INSERT OR REPLACE INTO seals (room, key, seal) VALUES ('decisions', CAST(NEW.id AS TEXT), NULL); END;
CREATE TRIGGER decisions_removed AFTER DELETE ON decisions BEGIN DELETE FROM seals WHERE room = 'decisions' AND key = CAST(OLD.id AS TEXT); END;
CREATE TRIGGER messages_written AFTER INSERT ON messages BEGIN INSERT OR REPLACE INTO seals (room, key, seal) VALUES ('messages', CAST(NEW.id AS TEXT), NULL); END;
CREATE TRIGGER messages_changed AFTER UPDATE ON messages BEGIN DELETE FROM seals WHERE room = 'messages' AND key = CAST(OLD.id AS TEXT); INSERT OR REPLACE INTO seals (room, key, seal) VALUES ('messages', CAST(NEW.id AS TEXT), NULL); END;
CREATE TRIGGER messages_removed AFTER DELETE ON messages BEGIN DELETE FROM seals WHERE room = 'messages' AND key = CAST(OLD.id AS TEXT); END;
CREATE INDEX messages_of_panels ON messages (panel);
CREATE INDEX decisions_of_panels ON decisions (panel);
CREATE TRIGGER editions_written AFTER INSERT ON editions BEGIN INSERT OR REPLACE INTO seals (room, key, seal) VALUES ('editions', CAST(NEW.panel || ' ' || NEW.number AS TEXT), NULL); END;
CREATE TRIGGER editions_changed AFTER UPDATE ON editions BEGIN DELETE FROM seals WHERE room = 'editions' AND key = CAST(OLD.panel || ' ' || OLD.number AS TEXT); INSERT OR REPLACE INTO seals (room, key, seal) VALUES ('editions', CAST(NEW.panel || ' ' || NEW.number AS TEXT), NULL); END;
CREATE TRIGGER editions_removed AFTER DELETE ON editions BEGIN DELETE FROM seals WHERE room = 'editions' AND key = CAST(OLD.panel || ' ' || OLD.number AS TEXT); END;
CREATE INDEX articles_of_outlets ON articles (outlet, first_seen);
COMMIT;
