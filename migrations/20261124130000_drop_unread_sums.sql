-- A server's board shows its season for "all": these sums were kept and never read.
DELETE FROM score WHERE board <> 'global' AND period = 'all';
