using System.Net;
using ClusterNet.Tests.Hosting;

namespace ClusterNet.Tests.AccessMatrix;

/// <summary>Communities that somebody founded, each with a goal, a question that a colleague has answered, and a page by the colleague.</summary>
internal static class MatrixCommunity
{
    public static async Task Found(Someone me, Someone colleague, string cluster)
    {
        foreach (var (circle, scope) in new[] { ("cluster", cluster), ("network", null) })
        {
            var community = me.Things[$"community in the {circle}"] = (await me.Client.Post("/learning/communities", new { name = "Grinders", objective = "Less waste", cluster = scope }))
                .ShouldBe(HttpStatusCode.Created).Id;
            (await colleague.Client.Post($"/learning/communities/{community}/joining", null)).ShouldBe(HttpStatusCode.OK);
            me.Things[$"goal in the {circle}"] = (await me.Client.Post($"/learning/communities/{community}/goals", new { text = "Half the waste" })).ShouldBe(HttpStatusCode.Created).Id;
            var question = me.Things[$"discussion in the {circle}"] = (await me.Client.Post(
                $"/learning/communities/{community}/discussions", new { title = "Which disc?", text = "For thin sheet", question = true })).ShouldBe(HttpStatusCode.Created).Id;
            me.Things[$"answer in the {circle}"] = (await colleague.Client.Post($"/learning/discussions/{question}/posts", new { text = "A fine one" })).ShouldBe(HttpStatusCode.Created).Id;
            me.Things[$"page in the {circle}"] = (await colleague.Client.Post($"/learning/communities/{community}/pages", new { title = "Discs", text = "Fine ones" })).ShouldBe(HttpStatusCode.Created).Id;
        }
    }
}
