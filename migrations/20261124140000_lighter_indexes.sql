-- What every answer writes. Only who has answered five times is ranked by accuracy: of the sums of a day, few.
DROP INDEX score_accuracy;
CREATE INDEX score_accuracy ON score (board, period, accuracy DESC, reached_at, user_id, answered) WHERE answered >= 5;
-- A learner's attempts at a question are found by their reviews; everybody's are only asked for by regrading.
DROP INDEX attempt_question;
