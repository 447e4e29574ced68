using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>That the other tests would notice: each fault is put into a good page.</summary>
public sealed class HarnessTests(Site site)
{
    [Fact]
    public async Task A_style_that_the_policy_refuses_is_noticed()
    {
        await using var visit = await Spoilt("<p style='color: red'>red</p>");
        visit.Complaints.ShouldHaveSingleItem().ShouldContain("Content Security Policy");
    }

    [Fact]
    public async Task A_request_to_somebody_else_is_noticed()
    {
        await using var visit = await Spoilt("<img alt='' src='http://127.0.0.1:9/tracker.gif'>");
        visit.Complaints.ShouldContain(c => c.Contains("tracker.gif", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_barrier_is_noticed()
    {
        await using var visit = await Spoilt("<img src='/icon.svg'>");
        (await visit.Barriers()).ShouldHaveSingleItem().ShouldStartWith("image-alt");
    }

    [Fact]
    public async Task A_page_wider_than_its_window_is_noticed()
    {
        await using var visit = await Spoilt("<canvas width='2000' height='10'></canvas>");
        (await visit.Overhang()).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task What_jumps_after_it_came_in_is_noticed()
    {
        await using var visit = await site.Visit("/");
        await visit.Page.EvaluateAsync("() => document.querySelector('main').insertAdjacentHTML('afterbegin', '<p>' + '<br>'.repeat(20) + '</p>')");
        (await visit.Faults("spoilt")).ShouldContain(f => f.Contains("jumps", StringComparison.Ordinal));
    }

    private async Task<Visit> Spoilt(string html)
    {
        var visit = await site.Visit("/");
        await visit.Page.EvaluateAsync("html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", html);
        return visit;
    }
}
