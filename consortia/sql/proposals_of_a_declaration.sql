-- Each proposal of before belongs to the declaration that its receipt names. Nothing of what was submitted changes, so
-- the trigger that keeps it is asleep for this one statement.
ALTER TABLE consortia_proposal DISABLE TRIGGER consortia_proposal_stays;
UPDATE consortia_proposal AS proposal SET declaration_id = declaration.id
FROM consortia_receipt AS receipt, consortia_declaration AS declaration, consortia_receipt AS declared
WHERE receipt.id = proposal.receipt_id
    AND declaration.consortium_id = proposal.consortium_id
    AND declared.id = declaration.receipt_id
    AND declared.number = receipt.payload::jsonb -> 'consortium' ->> 'declaration';
ALTER TABLE consortia_proposal ENABLE TRIGGER consortia_proposal_stays;
