namespace ClusterNet.Skills.Catalogue;

/// <summary>The module's script: trigram search with a threshold of its own.</summary>
internal static class SearchSql
{
    /// <summary>
    /// Every word of the query (p_all), or some word of it, must be near a part of the label; the most telling word comes first and
    /// drives the index. Whole and beginning matches rank first, then preferred labels and the first language. The threshold lets one
    /// wrong letter in six pass. The planner takes trigram comparison for cheap and would compare every label: it is told not to.
    /// </summary>
    public const string Script = """
        create extension if not exists pg_trgm with schema public;
        create function skills.find(p_query text, p_words text[], p_languages text[], p_type text, p_all bool, p_limit int)
        returns table (skill uuid, label text, score real)
        language plpgsql stable set pg_trgm.word_similarity_threshold = 0.5 set enable_seqscan = off as $$
        begin
            return query
            with near as (
                select l.skill, l.label, (
                    case when l.folded = p_query then 3.0
                         when l.folded like p_query || '%' then 2.0
                         when l.folded like '% ' || p_query || '%' then 1.5
                         else (select avg(word_similarity(w, l.folded)) from unnest(p_words) w) end
                    + similarity(p_query, l.folded) * 0.5
                    + case l.kind when 'preferred' then 0.2 else 0.0 end
                    + case l.language when p_languages[1] then 0.1 else 0.0 end)::real as score
                from skills.labels l
                where l.language = any(p_languages) and (
                    p_all and p_words[1] <% l.folded
                        and (p_words[2] is null or p_words[2] <% l.folded) and (p_words[3] is null or p_words[3] <% l.folded)
                        and (p_words[4] is null or p_words[4] <% l.folded) and (p_words[5] is null or p_words[5] <% l.folded)
                    or not p_all and (p_words[1] <% l.folded or p_words[2] <% l.folded or p_words[3] <% l.folded
                        or p_words[4] <% l.folded or p_words[5] <% l.folded))),
            best as (select distinct on (n.skill) n.skill, n.label, n.score from near n order by n.skill, n.score desc, n.label)
            select b.skill, b.label, b.score from best b join skills.skills s on s.id = b.skill
            where p_type is null or s.type = p_type
            order by b.score desc, b.label, b.skill limit p_limit;
        end $$;
        """;

    public const int MaxWords = 5;
}
