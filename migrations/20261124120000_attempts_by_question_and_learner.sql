-- /explain looks for a learner's last attempt at a question; by question alone, popular ones are many rows.
DROP INDEX attempt_question;
CREATE INDEX attempt_question ON attempt (question_id, user_id);
