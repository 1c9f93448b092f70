-- by hand: audience_plans.sql
-- What was planned while these tables were empty read all of them until they were next analysed: a visitor who became a
-- customer's then took a tenth of a second for each few thousand members. Planned anew each time, they use their indexes.
ALTER FUNCTION "count_audience_visitor"() SET plan_cache_mode TO 'force_custom_plan';
--> statement-breakpoint
ALTER FUNCTION "count_audience_members"() SET plan_cache_mode TO 'force_custom_plan';
