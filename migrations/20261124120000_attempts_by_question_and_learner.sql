-- Whether a learner has met a question is asked with every answer; by question alone, popular ones are many rows.
DROP INDEX attempt_question;
CREATE INDEX attempt_question ON attempt (question_id, user_id);
