-- Nobody alters a receipt.
CREATE TRIGGER consortia_receipt_stays BEFORE UPDATE ON consortia_receipt
    FOR EACH ROW EXECUTE FUNCTION hub_history_stays();

-- It goes when its time is over: 3650 days, as consortia/receipts/keeping_times.py says, too.
CREATE FUNCTION consortia_receipts_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.at > statement_timestamp() - interval '3650 days' THEN
        RAISE EXCEPTION 'A receipt is kept for ten years.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END
$$;

CREATE TRIGGER consortia_receipt_is_kept BEFORE DELETE ON consortia_receipt
    FOR EACH ROW EXECUTE FUNCTION consortia_receipts_are_kept();

-- Old receipts are verified with the key of then.
CREATE TRIGGER consortia_signing_key_stays BEFORE UPDATE OR DELETE ON consortia_signingkey
    FOR EACH ROW EXECUTE FUNCTION hub_history_stays();

-- The running part of a receipt's number.
CREATE SEQUENCE consortia_receipt_running;
