-- Rows that are due at once lie side by side, and all of a page are leased in one statement. Without room on the page for
-- a second version of each, two of three leases moved to another page and wrote to every index of the table.
ALTER TABLE outbox SET (fillfactor = 45);
