-- What the person wants to stay on a POP3 server, whatever the account's policy
-- says; it goes when they delete the message here.
ALTER TABLE ledger ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;
