using System.Net;
using ClusterNet.Tests.Hosting;

namespace ClusterNet.Tests.AccessMatrix;

/// <summary>Practices and signals of somebody; the firm's second manager has asked about one, and it was answered.</summary>
internal static class MatrixPractices
{
    private const string Practices = "/learning/practices";

    public static async Task Fill(Someone me, Place place)
    {
        var asker = place.Cast["second manager"];
        foreach (var circle in new[] { "cluster", "network" })
        {
            me.Things[$"practice in the {circle}"] = await Describe(me, circle, false);
            me.Things[$"signal in the {circle}"] = (await me.Client.Post("/learning/signals", new { what = "Copper is dear", tags = new[] { "economic" }, visibility = circle }))
                .ShouldBe(HttpStatusCode.Created).Id;
        }

        me.Things["draft practice"] = await Describe(me, "cluster", true);
        var address = $"{Practices}/{me.Things["practice in the cluster"]}/questions";
        var question = me.Things["question about a practice"] = (await asker.Client.Post(address, new { text = "On 2 mm?" })).ShouldBe(HttpStatusCode.Created).Id;
        me.Things["answer about a practice"] = (await me.Client.Post($"{address}/{question}/answers", new { text = "Yes" })).ShouldBe(HttpStatusCode.Created).Id;
        me.Things["own question about a practice"] = (await me.Client.Post(address, new { text = "And on 3 mm?" })).ShouldBe(HttpStatusCode.Created).Id;
    }

    private static async Task<string> Describe(Someone by, string visibility, bool draft) =>
        (await by.Client.Post(Practices, new { title = "Bars", problem = "It warps", how = "Clamp it", visibility, draft })).ShouldBe(HttpStatusCode.Created).Id;
}
