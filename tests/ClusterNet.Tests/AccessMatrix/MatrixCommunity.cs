using System.Net;
using System.Text.Json.Nodes;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.AccessMatrix;

/// <summary>Communities that somebody founded, each with a goal, a question that a colleague has answered, a page and a link by the colleague.</summary>
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
            me.Things[$"library item in the {circle}"] = (await colleague.Client.Post(
                $"/learning/communities/{community}/library", new { url = "https://example.org/discs", title = "Discs", tags = new[] { "grinding" } })).ShouldBe(HttpStatusCode.Created).Id;
            if (circle == "cluster") await File(me, community, circle);
            me.Things[$"page in the {circle}"] = (await colleague.Client.Post($"/learning/communities/{community}/pages", new { title = "Discs", text = "Fine ones" })).ShouldBe(HttpStatusCode.Created).Id;
        }
    }

    private static async Task File(Someone me, string community, string circle)
    {
        using var content = new StringContent("Wheel, guard, goggles");
        var sent = await me.Client.PostAsync(new Uri($"/api/v1/learning/communities/{community}/library/files?name=list.txt", UriKind.Relative), content);
        sent.StatusCode.ShouldBe(HttpStatusCode.Created);
        var item = me.Things[$"library file in the {circle}"] = JsonNode.Parse(await sent.Content.ReadAsStringAsync())!["id"]!.ToString(); // it was created
        me.Things["address of a library file"] = (await me.Client.Get($"/learning/library/{item}")).Json["shown"]!["file"]!["address"]!.ToString(); // as just sent
    }
}
