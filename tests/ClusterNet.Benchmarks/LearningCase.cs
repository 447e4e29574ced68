using System.Globalization;
using ClusterNet.EventStore;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Benchmarks;

/// <summary>
/// Feed, search and insight of one cluster of 20 firms and 200 people with 10,000 learning records, first alone, then in an installation of a million records of
/// 20,000 people. Read rows are written as they stand: what is measured is reading.
/// </summary>
internal static class LearningCase
{
    private const int Firms = 20, Small = 10_000, Asked = 60, WarmUp = 30;
    private const double MostGrowth = 1.5;

    private static readonly (string What, string Path)[] Reads =
    [
        ("feed: newest records that one may see", "learning/records?limit=30"),
        ("feed of one skill", "learning/records?limit=30&skill=http://data.europa.eu/esco/skill/bench-7"),
        ("search over everything", "search?q=coolant"),
        ("one's own figures", "learning/mine/figures"),
        ("a firm's insight", "learning/insight/firms/{firm}"),
        ("a cluster's insight, with its graph", "learning/insight/clusters/{cluster}"),
    ];

    public static async Task Run(Bench bench, bool quick, BudgetTable table)
    {
        await using var site = await Site.Start(bench);
        using var client = site.Client();
        var (cluster, firm) = await Found(client, site);
        await Fill(site, 1, Small);
        var small = await Times(client, cluster, firm);
        var large = quick ? 10 * Small : 100 * Small;
        await Fill(site, Small + 1, large);
        var grown = await Times(client, cluster, firm);
        foreach (var ((what, before), (_, after)) in small.Zip(grown))
        {
            table.Figure(
                $"{what}, {large.ToString("#,0", CultureInfo.InvariantCulture)} records", $"{Small.ToString("#,0", CultureInfo.InvariantCulture)} records", BudgetTable.Milliseconds(before), BudgetTable.Milliseconds(after),
                $"<= {BudgetTable.Number(MostGrowth, "0.0")}x: {BudgetTable.Number(after / before, "0.00")}x", after <= MostGrowth * before);
        }
    }

    /// <summary>A cluster with the firm of the site's owner, one record by which the others are made, and nineteen more firms.</summary>
    private static async Task<(string Cluster, string Firm)> Found(HttpClient client, Site site)
    {
        var (cluster, firm) = await client.Found("Bench valley");
        await client.Make("learning/records", new { kind = "observation", what = "How coolant is mixed", learnt = "Slowly", minutes = 20, visibility = "cluster" });
        await Execute(site, $"""
            insert into clusters.firms select (jsonb_populate_record(f, jsonb_build_object(
                'id', md5('near' || n)::uuid, 'name', 'Firm ' || n, 'registration_number', 'HRB ' || n, 'registration_key', 'bench' || n))).*
            from clusters.firms f, generate_series(2, {Firms}) n where f.id = '{firm}';
            insert into clusters.memberships select (jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid(), 'firm', md5('near' || n)::uuid))).*
            from clusters.memberships m, generate_series(2, {Firms}) n where m.firm = '{firm}';
            """);
        return (cluster, firm);
    }

    /// <summary>Fifty records for each of ten people of a firm; those from the ten-thousandth on are of other clusters.</summary>
    private static async Task Fill(Site site, int from, int to)
    {
        await Execute(site, $$"""
            insert into learning.records select (jsonb_populate_record(null::learning.records, to_jsonb(t) || jsonb_build_object(
                'id', gen_random_uuid(), 'person', md5('p' || i / 50)::uuid, 'firm', f.firm, 'kind', k.kind, 'part', t.part, 'minutes', 10 + i % 50,
                'happened_at', now() - make_interval(mins => (i::bigint * 7919 % 525600)::int), 'visibility', (array['private', 'firm', 'cluster', 'cluster', 'firm', 'network'])[1 + i * 31 % 6],
                'skill_uris', jsonb_build_array('http://data.europa.eu/esco/skill/bench-' || i % 400),
                'with_persons', jsonb_build_array(md5('p' || (i / 50 + 7))::uuid), 'with_firms', jsonb_build_array(o.other),
                'folded', 'how ' || md5(i::text) || case when i % 500 = 0 then ' coolant is mixed' else ' is done' end))).*
            from (select * from learning.records limit 1) t, generate_series({{from}}, {{to}}) i,
                lateral (select case when i / 500 between 1 and {{Firms - 1}} then md5('near' || i / 500 + 1)::uuid when i < 500 then t.firm else md5('far' || i / 500)::uuid end) f (firm),
                lateral (select case when i <= {{Small}} then md5('near' || 2 + i % {{Firms - 1}})::uuid else md5('far' || i / 500 / 20 * 20 + i % 20)::uuid end) o (other),
                lateral (select (array['peer-help-given', 'peer-help-received', 'observation', 'webinar', 'teaching', 'reading-or-market-scan'])[1 + i % 6]) k (kind);
            """);
        await Execute(site, """
            insert into learning.record_skills select r.id, s, r.happened_at, r.version from learning.records r, unnest(r.skill_uris) s on conflict do nothing;
            analyze learning.records, learning.record_skills;
            """);
    }

    private static async Task<IReadOnlyList<(string What, double Median)>> Times(HttpClient client, string cluster, string firm)
    {
        var medians = new List<(string, double)>();
        foreach (var (what, path) in Reads)
        {
            var address = path.Replace("{cluster}", cluster, StringComparison.Ordinal).Replace("{firm}", firm, StringComparison.Ordinal);
            medians.Add((what, await client.Median(address, WarmUp, Asked)));
        }

        return medians;
    }

    private static async Task Execute(Site site, string sql)
    {
        await using var command = site.Services.GetRequiredService<Database>().Source.CreateCommand(sql);
        command.CommandTimeout = 1800;
        await command.ExecuteNonQueryAsync();
    }
}
