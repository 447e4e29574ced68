using System.Net;
using ClusterNet.Tests.Hosting;

namespace ClusterNet.Tests.AccessMatrix;

/// <summary>One candidate's applications, one in each phase, up to a credential.</summary>
internal static class Candidature
{
    public static readonly string[] Phases =
        ["draft application", "submitted application", "application in assessment", "assessed application", "decided application"];

    public static async Task Apply(Someone candidate, MatrixCluster cluster)
    {
        for (var steps = 0; steps < Phases.Length; steps++)
            candidate.Things[Phases[steps]] = await Apply(candidate, cluster, cluster.Things[$"standard of a {Phases[steps]}"], steps);
        var events = await candidate.Client.Get($"/accreditation/applications/{candidate.Things[Phases[^1]]}/events");
        candidate.Things["event of an application"] = events.ShouldBe(HttpStatusCode.OK).Items[0]["id"]!.ToString(); // events have ids
    }

    private static async Task<string> Apply(Someone candidate, MatrixCluster cluster, string standard, int steps)
    {
        var id = (await candidate.Client.Post("/accreditation/applications", new { standard, statement = "I negotiate." })).ShouldBe(HttpStatusCode.Created).Id;
        var items = new[] { new { record = candidate.Things["record for the firm"], criteria = new[] { "N1" } } };
        await Step(candidate, id, "evidence", new { items });
        if (steps > 0) await Step(candidate, id, "submission", null);
        if (steps > 1) await Step(cluster.Coordinator, id, "assessors", new { assessor = cluster.Cast["assessor"].Person });
        if (steps > 2) await Step(cluster.Cast["assessor"], id, "ratings", new { ratings = new[] { Rating } });
        if (steps > 3)
        {
            candidate.Things["credential"] = (await Step(cluster.Cast["decision maker"], id, "decision", new { outcome = "granted", grounds = "well founded" })).Text("number");
            var own = $"/accreditation/me/credentials/{candidate.Things["credential"]}";
            candidate.Things["share of a credential"] = (await candidate.Client.Post($"{own}/shares", new { days = 30 })).ShouldBe(HttpStatusCode.Created).Id;
            // Signed for the first time, it gets its place in a status list.
            (await candidate.Client.Get($"{own}/document")).ShouldBe(HttpStatusCode.OK);
        }

        return id;
    }

    private static async Task<Answer> Step(Someone by, string application, string step, object? body) =>
        (await by.Client.Post($"/accreditation/applications/{application}/{step}", body)).ShouldBe(HttpStatusCode.OK);

    private static object Rating { get; } =
        new { criterion = "N1", met = true, valid = true, authentic = true, current = true, sufficient = true, comment = "well shown" };
}
