namespace ReleaseOps.Tests.Checklists;

/// <summary>The tables that the runbook aris3-integrity assumes, with good data in them.</summary>
internal static class Aris3Database
{
    /// <summary>Location 1 is sellable, location 2 isn't; t1 has SKU A (two RFID, one PENDING) and B (one PENDING).</summary>
    internal const string Good = """
        CREATE TABLE locations (location_id int PRIMARY KEY, is_sellable boolean NOT NULL);
        CREATE TABLE stock_items (item_id int PRIMARY KEY, tenant_id text, sku text, location_id int, status text);
        CREATE TABLE stock_totals (tenant_id text, sku text, total int, rfid int, pending int);
        CREATE TABLE transfers (transfer_id int PRIMARY KEY, status text);
        CREATE TABLE transfer_lines (line_id int PRIMARY KEY, transfer_id int, dispatched int, received int, lost_in_route int);
        CREATE TABLE transfer_movements (movement_id int PRIMARY KEY, transfer_id int, kind text);
        CREATE TABLE pos_sales (sale_id int PRIMARY KEY, status text, paid_total numeric(12, 2));
        CREATE TABLE cash_sessions (cash_session_id int PRIMARY KEY);
        CREATE TABLE pos_payments (payment_id int PRIMARY KEY, sale_id int, method text, amount numeric(14, 4), cash_session_id int);
        CREATE TABLE idempotency_records (record_key text PRIMARY KEY, state text, created_at timestamptz);
        INSERT INTO locations VALUES (1, true), (2, false);
        INSERT INTO stock_items VALUES (1, 't1', 'A', 1, 'RFID'), (2, 't1', 'A', 1, 'RFID'), (3, 't1', 'A', 1, 'PENDING'),
            (4, 't1', 'B', 1, 'PENDING'), (5, 't2', 'A', 1, 'RFID'), (6, 't1', 'A', 2, 'IN_TRANSIT'), (7, 't1', 'A', 2, 'SOLD');
        INSERT INTO stock_totals VALUES ('t1', 'A', 3, 2, 1), ('t1', 'B', 1, 0, 1), ('t2', 'A', 1, 1, 0), ('t2', 'C', 0, 0, 0);
        INSERT INTO transfers VALUES (1, 'DRAFT'), (2, 'DISPATCHED'), (3, 'PARTIAL_RECEIVED'), (4, 'RECEIVED'), (5, 'CANCELED');
        INSERT INTO transfer_lines VALUES (1, 1, 0, 0, 0), (2, 2, 5, NULL, NULL), (3, 3, 5, 2, 1), (4, 4, 5, 4, 1);
        INSERT INTO transfer_movements VALUES (1, 2, 'DISPATCH'), (2, 1, 'PICK');
        INSERT INTO cash_sessions VALUES (1);
        INSERT INTO pos_sales VALUES (1, 'CHECKED_OUT', 19.99), (2, 'OPEN', 50), (3, 'CHECKED_OUT', 0);
        INSERT INTO pos_payments VALUES (1, 1, 'CASH', 10, 1), (2, 1, 'CARD', 9.9900, NULL), (3, 2, 'CARD', 1, NULL);
        INSERT INTO idempotency_records VALUES ('old', 'in_progress', now() - interval '73 hours'), ('done', 'completed', now());
        """;
}
