-- A data folder's file as version 1 wrote it: one landed ticket with all that hangs on it. Never changed.
BEGIN TRANSACTION;
CREATE TABLE tr_audit(seq INTEGER PRIMARY KEY, num INTEGER NOT NULL, rows TEXT, readings TEXT);
INSERT INTO "tr_audit" VALUES(1,1,'1:1,13:1772442000001,6:router,8:received,2:{},',NULL);
INSERT INTO "tr_audit" VALUES(2,1,'1:2,13:1772442000000,6:router,6:landed,2:{},','1:1,13:1772442000000,155:{"topic":"order status","confidence":0E0,"sure_at":0E0,"ranking":[],"urgency":"low","tone":"calm","signals":[],"evidence":["my order"],"reader":"embedded"},');
CREATE TABLE tr_blobs(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE tr_corrections(
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, ticket TEXT NOT NULL, kind INTEGER NOT NULL, by TEXT NOT NULL,
  at INTEGER NOT NULL, undoes TEXT NOT NULL, from_topic TEXT NOT NULL, to_topic TEXT NOT NULL,
  from_team TEXT NOT NULL, to_team TEXT NOT NULL, reason TEXT NOT NULL, after_version INTEGER NOT NULL,
  made TEXT NOT NULL, redacted_text TEXT NOT NULL, before TEXT NOT NULL);
INSERT INTO "tr_corrections" VALUES(1,'00000000000000000000000009','00000000000000000000000001',0,'admin',1772442000000,'','','refund','','','',0,'','my order','');
CREATE TABLE tr_counters(name TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO "tr_counters" VALUES('landed',1);
INSERT INTO "tr_counters" VALUES('tickets',1);
CREATE TABLE tr_customers(
  hash INTEGER, received_at INTEGER, num INTEGER, PRIMARY KEY(hash, received_at, num)) WITHOUT ROWID;
INSERT INTO "tr_customers" VALUES(-4111070651491565148,1772442000001,1);
CREATE TABLE tr_dead(
  id INTEGER PRIMARY KEY AUTOINCREMENT, ticket TEXT NOT NULL, message INTEGER NOT NULL, reason TEXT NOT NULL,
  attempts INTEGER NOT NULL, buried_at INTEGER NOT NULL);
CREATE TABLE tr_keys(
  hash BLOB PRIMARY KEY, num INTEGER NOT NULL, rest TEXT NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO "tr_keys" VALUES(X'0737E37AF76C0C1A2869598E243E6FD0',1,'',1772528400000);
INSERT INTO "tr_keys" VALUES(X'7F396F2FB0D11CC38B44E1B4033BFF37',1,'',1772528400000);
CREATE TABLE tr_notes(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE tr_originals(
  key TEXT PRIMARY KEY, blob INTEGER NOT NULL, at INTEGER NOT NULL, num INTEGER) WITHOUT ROWID;
CREATE TABLE tr_outbox(
  id TEXT PRIMARY KEY, ticket TEXT NOT NULL, apart INTEGER NOT NULL, kind INTEGER NOT NULL, state INTEGER NOT NULL,
  team TEXT NOT NULL, channel TEXT NOT NULL, fallback INTEGER NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL,
  message INTEGER NOT NULL, due_at INTEGER NOT NULL, attempts INTEGER NOT NULL, ref TEXT NOT NULL,
  trouble TEXT NOT NULL, changed_at INTEGER NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "tr_outbox" VALUES('00000000000000000000000001#card','00000000000000000000000001',0,0,0,'Billing','log:',0,'','',0,1772442000000,1,'','',0,'','');
CREATE TABLE tr_people(
  digest TEXT PRIMARY KEY, person TEXT NOT NULL, role TEXT NOT NULL, label TEXT NOT NULL,
  created_at INTEGER NOT NULL, expires_at INTEGER) WITHOUT ROWID;
CREATE TABLE tr_queue(
  visible_at INTEGER, ticket TEXT, message INTEGER, attempts INTEGER NOT NULL, sent_at INTEGER NOT NULL,
  PRIMARY KEY(visible_at, ticket, message)) WITHOUT ROWID;
INSERT INTO "tr_queue" VALUES(1795382181059,'00000000000000000000000001',1,0,1795382181059);
CREATE TABLE tr_routes(
  team TEXT, place INTEGER, received_at INTEGER, ticket TEXT, num INTEGER NOT NULL,
  PRIMARY KEY(team, place, received_at, ticket)) WITHOUT ROWID;
INSERT INTO "tr_routes" VALUES('Billing',2,1772442000001,'00000000000000000000000001',1);
CREATE TABLE tr_rules(
  number INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, difference TEXT NOT NULL,
  topics TEXT NOT NULL, teams TEXT NOT NULL, rules TEXT NOT NULL, tests TEXT);
INSERT INTO "tr_rules" VALUES(1,1772442000000,'me','first','t','e','r',NULL);
CREATE TABLE tr_team_counts(team TEXT, place INTEGER, n INTEGER NOT NULL, PRIMARY KEY(team, place)) WITHOUT ROWID;
INSERT INTO "tr_team_counts" VALUES('Billing',2,1);
CREATE TABLE tr_texts(key INTEGER PRIMARY KEY, version INTEGER NOT NULL, body TEXT NOT NULL);
INSERT INTO "tr_texts" VALUES(1048576,2,'{"id":"00000000000000000000000001","lane":"form","state":"landed","move":"route","rank":"normal","team":"Billing","person":"","customer":{"name":"Ada","address":"ada@shop.example","verified":"unverified"},"subject":"My order","tags":{"topic":"","urgency":"low","tone":"calm","signals":[],"vip":false},"received_at":"2026-03-02T09:00:00.001Z","landed_at":"2026-03-02T09:00:00.000Z","taken_at":null,"done_at":null,"touched_at":"2026-03-02T09:00:00.001Z","taken_by":"","links":[],"messages":1,"set_aside_why":"","automated":false,"dead_lettered":false,"pinged":null,"bumped":null,"fixed_topic":"","fixed_team":"","fixed_person":"","fixed_place":false,"text_removed":false}                                                                                                                                                                                                                                   ');
INSERT INTO "tr_texts" VALUES(1048577,0,'{"ticket":"00000000000000000000000001","n":1,"author":"customer","from":{"name":"Ada","address":"ada@shop.example"},"at":"2026-03-02T09:00:00.001Z","text":"Where is my order?","new_text":"Where is my order?","attachments":[],"message_id":"","original":"","state":"received","machine":"no","automated":false,"verification":"unverified"} ');
CREATE TABLE tr_tickets(
  id TEXT PRIMARY KEY, num INTEGER NOT NULL, version INTEGER NOT NULL, state INTEGER NOT NULL, move INTEGER NOT NULL,
  landed INTEGER NOT NULL, room INTEGER NOT NULL, ended_at INTEGER) WITHOUT ROWID;
INSERT INTO "tr_tickets" VALUES('00000000000000000000000001',1,2,2,0,1,896,NULL);
CREATE TABLE tr_turns(channel TEXT PRIMARY KEY, not_before INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE tr_unhandled(num INTEGER, n INTEGER, at INTEGER NOT NULL, PRIMARY KEY(num, n)) WITHOUT ROWID;
INSERT INTO "tr_unhandled" VALUES(1,1,1772442000001);
CREATE INDEX tr_tickets_ended ON tr_tickets(ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX tr_audit_num ON tr_audit(num);
CREATE INDEX tr_outbox_due ON tr_outbox(channel, due_at) WHERE state = 0;
CREATE INDEX tr_outbox_apart ON tr_outbox(ticket) WHERE apart = 1;
CREATE INDEX tr_corrections_ticket ON tr_corrections(ticket);
DELETE FROM "sqlite_sequence";
PRAGMA user_version=1;
COMMIT;
