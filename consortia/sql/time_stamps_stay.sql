-- Nobody alters a time stamp, or takes it from its receipt; it goes with that one (consortia/sql/receipts_stay.sql).
CREATE FUNCTION consortia_time_stamps_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND NOT EXISTS (
        SELECT FROM consortia_receipt
        WHERE id = OLD.receipt_id AND at > statement_timestamp() - interval '3650 days'
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'A time stamp stays as it is.' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER consortia_time_stamp_stays BEFORE UPDATE OR DELETE ON consortia_receipttimestamp
    FOR EACH ROW EXECUTE FUNCTION consortia_time_stamps_stay();
