-- PostgreSQL alone has to be told how to plan; numbers are the same on both.
SELECT 1;
