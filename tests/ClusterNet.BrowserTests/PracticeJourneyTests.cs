using System.Net;
using ClusterNet.Tests.Hosting;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>Without scripts: one firm describes what it found out, another adapts it on a phone and asks, and the first sees it spread.</summary>
public sealed class PracticeJourneyTests(Site site)
{
    [Fact]
    public async Task A_practice_spreads_from_firm_to_firm()
    {
        var (author, adopter) = (await site.Entrepreneur(), await site.Entrepreneur());
        await using var one = await Open(author, "/practices/new", Pages.Screen);
        await one.Page.GetByLabel("Title").FillAsync("Deburr before bending");
        await one.Page.GetByLabel("What it answers").FillAsync("Burrs crack the bend.");
        await one.Page.GetByLabel("How it is done").FillAsync("- grind **both** edges\n- bend <script>alert(1)</script>");
        await one.Page.GetByLabel("Expand what we know").CheckAsync();
        await one.Page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Said(one, "It is published");
        var practice = one.Page.Url;

        await using var two = await Open(adopter, "/practices?q=deburr", Pages.Phone);
        await two.Page.GetByRole(AriaRole.Link, new() { Name = "Deburr before bending" }).First.ClickAsync();
        await Assertions.Expect(two.Page.Locator(".prose strong")).ToHaveTextAsync("both");
        await two.Page.GetByRole(AriaRole.Link, new() { Name = "We try it" }).First.ClickAsync();
        await two.Page.GetByLabel("Adapted", new() { Exact = true }).CheckAsync();
        await two.Page.GetByRole(AriaRole.Button, new() { Name = "Tell the others" }).ClickAsync();
        // What others need to know is asked for at its field.
        await Assertions.Expect(two.Page.GetByText("Say what your firm does differently.").First).ToBeVisibleAsync();
        (await two.Barriers()).ShouldBeEmpty();
        await two.Page.GetByLabel("It worked").CheckAsync();
        await two.Page.GetByLabel("What came of it?").FillAsync("No cracks in a month.");
        await two.Page.GetByLabel("What do you do differently?").FillAsync("A file, not a grinder.");
        await two.Page.GetByLabel("Euro saved a month").FillAsync("120,50");
        await two.Page.GetByRole(AriaRole.Button, new() { Name = "Tell the others" }).ClickAsync();
        await Said(two, "the others see it now");
        (await two.Overhang()).ShouldBe(0);
        await two.Page.GetByLabel("Your question").FillAsync("Which grain?");
        await two.Page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await Said(two, "Your question is there");

        await one.Page.GotoAsync(practice);
        await Assertions.Expect(one.Page.Locator(".chart-summary")).ToContainTextAsync("In use in 1");
        await Assertions.Expect(one.Page.GetByText("No cracks in a month.").First).ToBeVisibleAsync();
        await Assertions.Expect(one.Page.GetByText("120.50 euro")).ToBeVisibleAsync();
        await one.Page.Locator("summary", new() { HasText = "Answer" }).ClickAsync();
        await one.Page.GetByLabel("Your answer").FillAsync("120 grit.");
        await one.Page.GetByRole(AriaRole.Button, new() { Name = "Send the answer" }).ClickAsync();
        await Said(one, "Your answer is there");
        (await one.Barriers()).ShouldBeEmpty();

        await two.Page.GotoAsync(practice);
        await two.Page.GetByRole(AriaRole.Button, new() { Name = "This answers it" }).ClickAsync();
        await Said(two, "marked as answered");
        await one.Page.GotoAsync("/practices/clusters/" + site.Cluster);
        var row = one.Page.GetByRole(AriaRole.Row, new() { Name = "Deburr before bending" });
        await Assertions.Expect(row).ToContainTextAsync("Adapted");
        await Assertions.Expect(row).ToContainTextAsync("Origin");
    }

    [Fact]
    public async Task A_flag_leads_to_the_coordinator_who_hides_a_practice_and_the_cluster_reads_why()
    {
        var (author, reader) = (await site.Entrepreneur(), await site.Entrepreneur());
        var practice = (await author.Client.Post("/learning/practices", new { title = "Grind wet", problem = "Dust", how = "Water", visibility = "cluster" })).ShouldBe(HttpStatusCode.Created).Id;
        await using var one = await Open(reader, $"/practices/{practice}", Pages.Phone);
        await one.Page.Locator("summary", new() { HasText = "Flag this" }).ClickAsync();
        await one.Page.GetByLabel("What is wrong with it?").FillAsync("It names a customer.");
        await one.Page.GetByRole(AriaRole.Button, new() { Name = "Tell the coordinators" }).ClickAsync();
        await Said(one, "The coordinators will look at it");
        (await one.Barriers()).ShouldBeEmpty();
        (await one.Overhang()).ShouldBe(0);

        var log = $"/practices/clusters/{site.Cluster}/moderation";
        await using var two = await Open(site.Coordinator, log, Pages.Screen);
        await two.Page.Locator($"main a[href='/practices/{practice}']").First.ClickAsync();
        await Assertions.Expect(two.Page.GetByText("It names a customer.")).ToBeVisibleAsync();
        await two.Page.GetByRole(AriaRole.Radio, new() { Name = "Hide" }).CheckAsync();
        await two.Page.GetByLabel("Reason", new() { Exact = true }).FillAsync("A customer is named");
        await two.Page.GetByRole(AriaRole.Button, new() { Name = "Do it" }).ClickAsync();
        await Said(two, "The author is told");
        (await two.Barriers()).ShouldBeEmpty();

        await one.Page.GotoAsync(log);
        await Assertions.Expect(one.Page.GetByText("A customer is named")).ToBeVisibleAsync();
        (await one.Page.GotoAsync($"/practices/{practice}")).ShouldNotBeNull().Status.ShouldBe(404);
    }

    private static Task Said(Visit visit, string words) => Assertions.Expect(visit.Page.Locator("main [role=status]").First).ToContainTextAsync(words);

    private Task<Visit> Open(Account who, string address, int width)
    {
        var window = Pages.Window(width);
        window.JavaScriptEnabled = false;
        return site.VisitAs(who, address, window);
    }
}
