using ClusterNet.Tests.Hosting;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>Two people of two firms on phones, without scripts: one founds a community and asks, the other joins and answers, both edit one page at once.</summary>
public sealed class CommunityJourneyTests(Site site)
{
    [Fact]
    public async Task A_question_is_asked_and_answered_across_firms_and_no_text_of_a_page_is_lost()
    {
        var (asker, helper) = (await site.Entrepreneur(), await site.Entrepreneur());
        await using var one = await Phone(asker, "/communities/new");
        await one.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Deburring");
        await one.Page.GetByLabel("What the firms get from it").FillAsync("Less rework.");
        await one.Page.GetByRole(AriaRole.Button, new() { Name = "Found it" }).ClickAsync();
        await Said(one, "The community is there");
        var community = one.Page.Url;
        await one.Page.GetByRole(AriaRole.Link, new() { Name = "Ask a question" }).ClickAsync();
        await one.Page.GetByLabel("Your question in a sentence").FillAsync("Which disc for edges?");
        await one.Page.GetByLabel("Text", new() { Exact = true }).FillAsync("We use **80 grit**. <script>alert(1)</script>");
        await one.Page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Said(one, "It is published");
        var question = one.Page.Url;

        await using var two = await Phone(helper, community);
        await two.Page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        await Said(two, "You are a member now");
        await two.Page.GetByRole(AriaRole.Link, new() { Name = "Which disc for edges?" }).ClickAsync();
        await Assertions.Expect(two.Page.Locator(".prose strong")).ToHaveTextAsync("80 grit");
        await two.Page.GetByLabel("Text", new() { Exact = true }).FillAsync("Take 120.");
        await two.Page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Said(two, "It is published");
        (await two.Barriers()).ShouldBeEmpty();

        await one.Page.GotoAsync(question);
        await one.Page.GetByRole(AriaRole.Button, new() { Name = "This helped" }).ClickAsync();
        await Said(one, "marked as the one that helped");
        await one.Page.GetByRole(AriaRole.Button, new() { Name = "Helpful" }).ClickAsync();
        await Said(one, "your mark counts");
        (await one.Overhang()).ShouldBe(0);
        await one.Page.GetByRole(AriaRole.Link, new() { Name = "Keep what you learnt" }).ClickAsync();
        await Assertions.Expect(one.Page.GetByLabel("What happened?")).ToHaveValueAsync("Which disc for edges?");
        await one.Page.GetByLabel("What was learnt").FillAsync("120 for edges.");
        (await one.Overhang()).ShouldBe(0);
        await one.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await one.Page.GotoAsync(question);
        await one.Page.GetByRole(AriaRole.Link, new() { Name = "What you learnt from it" }).ClickAsync();
        await Assertions.Expect(one.Page.GetByText("120 for edges.")).ToBeVisibleAsync();

        await Write(one, community);
        var page = one.Page.Url;
        await one.Page.GotoAsync(page + "/edit");
        await two.Page.GotoAsync(page + "/edit");
        await Save(two, "Take 120, from both sides.");
        await Save(one, "Take 180.");
        // Both texts stand there, and what was typed is still in the form.
        await Assertions.Expect(one.Page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("Take 120, from both sides.");
        await Assertions.Expect(one.Page.GetByLabel("Text", new() { Exact = true })).ToHaveValueAsync("Take 180.");
        (await one.Barriers()).ShouldBeEmpty();
        await one.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Said(one, "It is published");
        await one.Page.GotoAsync(page + "/history");
        await Assertions.Expect(one.Page.GetByText("From version 2 to 3")).ToBeVisibleAsync();
    }

    private static async Task Write(Visit visit, string community)
    {
        await visit.Page.GotoAsync(community + "/wiki/new");
        await visit.Page.GetByLabel("Title").FillAsync("Discs");
        await Save(visit, "Take 120.");
        await Said(visit, "It is published");
    }

    private static async Task Save(Visit visit, string text)
    {
        await visit.Page.GetByLabel("Text", new() { Exact = true }).FillAsync(text);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
    }

    private static Task Said(Visit visit, string words) => Assertions.Expect(visit.Page.Locator("main [role=status]").First).ToContainTextAsync(words);

    private Task<Visit> Phone(Account who, string address)
    {
        var window = Pages.Window(Pages.Phone);
        window.JavaScriptEnabled = false;
        return site.VisitAs(who, address, window);
    }
}
