-- Histories of stages and of policy hooks: nobody alters a row, a wrong one is corrected by another, and what a practice
-- or a hook shows is the last of its history, whatever program writes and in whatever order rows come in.

-- What is still to come is no history. A correction stands in the place of the row that it corrects, of the same practice
-- or hook; that one counts no more.
CREATE FUNCTION practices_step_enters() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW."on" > (NEW.entered_at AT TIME ZONE 'Europe/Brussels')::date THEN
        RAISE EXCEPTION 'A history tells what has happened.' USING ERRCODE = 'check_violation';
    END IF;
    NEW.superseded := false;
    NEW.place := NEW.id;
    IF NEW.corrects_id IS NOT NULL THEN
        NEW.place := NULL;
        EXECUTE format('UPDATE %I SET superseded = true WHERE id = $1 AND %I = $2 RETURNING place', TG_TABLE_NAME, TG_ARGV[0])
            INTO NEW.place USING NEW.corrects_id, (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
        IF NEW.place IS NULL THEN
            RAISE EXCEPTION 'A row corrects one of the same history.' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END
$$;

-- Who entered a row may be forgotten, its organisation may go or become another; only the trigger above notes that it was
-- corrected. A row goes only together with what it is about.
CREATE TRIGGER practices_stagemove_enters BEFORE INSERT ON practices_stagemove
    FOR EACH ROW EXECUTE FUNCTION practices_step_enters('practice_id');
CREATE TRIGGER practices_stagemove_stays BEFORE UPDATE ON practices_stagemove
    FOR EACH ROW EXECUTE FUNCTION hub_history_stays('{by_id}', '{organisation_id,superseded}');
CREATE TRIGGER practices_stagemove_is_corrected_by_another BEFORE UPDATE ON practices_stagemove
    FOR EACH ROW WHEN (NEW.superseded <> OLD.superseded AND pg_trigger_depth() = 0) EXECUTE FUNCTION hub_history_stays();
CREATE CONSTRAINT TRIGGER practices_stagemove_goes_with_its_practice AFTER DELETE ON practices_stagemove
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION hub_history_goes_with('practices_practice', 'practice_id');

CREATE TRIGGER practices_hookstatus_enters BEFORE INSERT ON practices_hookstatus
    FOR EACH ROW EXECUTE FUNCTION practices_step_enters('hook_id');
CREATE TRIGGER practices_hookstatus_stays BEFORE UPDATE ON practices_hookstatus
    FOR EACH ROW EXECUTE FUNCTION hub_history_stays('{by_id}', '{organisation_id,superseded}');
CREATE TRIGGER practices_hookstatus_is_corrected_by_another BEFORE UPDATE ON practices_hookstatus
    FOR EACH ROW WHEN (NEW.superseded <> OLD.superseded AND pg_trigger_depth() = 0) EXECUTE FUNCTION hub_history_stays();
CREATE CONSTRAINT TRIGGER practices_hookstatus_goes_with_its_hook AFTER DELETE ON practices_hookstatus
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION hub_history_goes_with('practices_policyhook', 'hook_id');

-- Once a practice has a history nothing else says its stage: neither a form nor an old version that is published again.
CREATE FUNCTION practices_stage_is_the_last() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last record;
BEGIN
    SELECT stage_id, "on" INTO last FROM practices_stagemove
    WHERE practice_id = NEW.id AND NOT superseded AND stage_id IS NOT NULL ORDER BY "on" DESC, place DESC LIMIT 1;
    IF FOUND THEN
        NEW.stage_id := last.stage_id;
        NEW.stage_since := last."on";
    ELSE
        NEW.stage_since := NULL;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER practices_stage_is_nobodys BEFORE INSERT ON practices_practice FOR EACH ROW
    WHEN (NEW.stage_since IS NOT NULL) EXECUTE FUNCTION practices_stage_is_the_last();
CREATE TRIGGER practices_stage_is_the_last BEFORE UPDATE OF stage_id, stage_since ON practices_practice FOR EACH ROW
    WHEN ((NEW.stage_id, NEW.stage_since) IS DISTINCT FROM (OLD.stage_id, OLD.stage_since))
    EXECUTE FUNCTION practices_stage_is_the_last();

-- The practices are locked first: what another transaction has just added is then seen, not lost. Of a history in which
-- nothing is left that happened, the practice shows again what it showed before, as far as that was noted.
CREATE FUNCTION practices_stages_moved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ids bigint[];
BEGIN
    SELECT array_agg(DISTINCT practice_id) INTO ids FROM entered;
    PERFORM 1 FROM practices_practice WHERE id = ANY(ids) ORDER BY id FOR NO KEY UPDATE;
    UPDATE practices_practice AS practice SET stage_id = now.stage_id, stage_since = now.since
    FROM (
        SELECT id,
            CASE WHEN last."on" IS NULL THEN (
                SELECT before_id FROM practices_stagemove WHERE practice_id = id.id AND before_id IS NOT NULL
                ORDER BY practices_stagemove.id LIMIT 1
            ) ELSE last.stage_id END AS stage_id,
            last."on" AS since
        FROM unnest(ids) AS id(id)
        LEFT JOIN LATERAL (
            SELECT stage_id, "on" FROM practices_stagemove
            WHERE practice_id = id.id AND NOT superseded AND stage_id IS NOT NULL ORDER BY "on" DESC, place DESC LIMIT 1
        ) AS last ON true
    ) AS now
    WHERE practice.id = now.id
        AND (practice.stage_id, practice.stage_since) IS DISTINCT FROM (now.stage_id, now.since);
    RETURN NULL;
END
$$;
CREATE TRIGGER practices_stagemove_moves AFTER INSERT ON practices_stagemove
    REFERENCING NEW TABLE AS entered
    FOR EACH STATEMENT EXECUTE FUNCTION practices_stages_moved();

-- The same for policy hooks, whose form has no status at all.
CREATE FUNCTION practices_status_is_the_last() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last record;
BEGIN
    SELECT status, "on" INTO last FROM practices_hookstatus
    WHERE hook_id = NEW.id AND NOT superseded AND status <> '' ORDER BY "on" DESC, place DESC LIMIT 1;
    NEW.status := coalesce(last.status, '');
    NEW.status_since := last."on";
    RETURN NEW;
END
$$;
CREATE TRIGGER practices_status_is_nobodys BEFORE INSERT ON practices_policyhook FOR EACH ROW
    WHEN (NEW.status <> '' OR NEW.status_since IS NOT NULL) EXECUTE FUNCTION practices_status_is_the_last();
CREATE TRIGGER practices_status_is_the_last BEFORE UPDATE OF status, status_since ON practices_policyhook FOR EACH ROW
    WHEN ((NEW.status, NEW.status_since) IS DISTINCT FROM (OLD.status, OLD.status_since))
    EXECUTE FUNCTION practices_status_is_the_last();

CREATE FUNCTION practices_statuses_moved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ids bigint[];
BEGIN
    SELECT array_agg(DISTINCT hook_id) INTO ids FROM entered;
    PERFORM 1 FROM practices_policyhook WHERE id = ANY(ids) ORDER BY id FOR NO KEY UPDATE;
    UPDATE practices_policyhook AS hook SET status = coalesce(last.status, ''), status_since = last."on"
    FROM unnest(ids) AS id(id)
    LEFT JOIN LATERAL (
        SELECT status, "on" FROM practices_hookstatus
        WHERE hook_id = id.id AND NOT superseded AND status <> '' ORDER BY "on" DESC, place DESC LIMIT 1
    ) AS last ON true
    WHERE hook.id = id.id
        AND (hook.status, hook.status_since) IS DISTINCT FROM (coalesce(last.status, ''), last."on");
    RETURN NULL;
END
$$;
CREATE TRIGGER practices_hookstatus_moves AFTER INSERT ON practices_hookstatus
    REFERENCING NEW TABLE AS entered
    FOR EACH STATEMENT EXECUTE FUNCTION practices_statuses_moved();
