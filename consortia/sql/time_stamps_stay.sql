-- Nobody alters a time stamp.
CREATE TRIGGER consortia_time_stamp_stays BEFORE UPDATE ON consortia_receipttimestamp
    FOR EACH ROW EXECUTE FUNCTION hub_history_stays();

-- Nor does anybody take it from its receipt; it goes with that one (consortia/sql/receipts_stay.sql).
CREATE FUNCTION consortia_time_stamps_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM consortia_receipt WHERE id = OLD.receipt_id AND at > statement_timestamp() - interval '3650 days'
    ) THEN
        RAISE EXCEPTION 'A time stamp stays with its receipt.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END
$$;

CREATE TRIGGER consortia_time_stamp_is_kept BEFORE DELETE ON consortia_receipttimestamp
    FOR EACH ROW EXECUTE FUNCTION consortia_time_stamps_are_kept();
