using System.Net;
using System.Text.RegularExpressions;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Security;

/// <summary>Whether somebody has an account is not to be learnt by trying (CWE-204), and passwords are not to be guessed (CWE-307).</summary>
public sealed class EnumerationTests(AllRoles house) : IClassFixture<AllRoles>
{
    [Fact]
    public async Task A_failed_sign_in_looks_the_same_for_every_reason()
    {
        var known = await house.Host.Newcomer(house.Olga, "Known Person");
        var invited = $"invited-{Guid.NewGuid():n}@cluster.example";
        (await house.Olga.Client.Post("/access/accounts", new { email = invited, name = "Not Yet" })).ShouldBe(HttpStatusCode.Created);
        var locked = await house.Host.Newcomer(house.Olga, "Locked Person");
        for (var i = 0; i < 10; i++) await Try(locked.Email, "wrong");

        var unknown = Shape(await Try($"nobody-{Guid.NewGuid():n}@cluster.example", Api.Password));

        Shape(await Try(known.Email, "wrong")).ShouldBe(unknown);
        Shape(await Try(invited, Api.Password)).ShouldBe(unknown, "no password yet");
        Shape(await Try(locked.Email, Api.Password)).ShouldBe(unknown, "locked, with the right password");
        Shape(await Try("not an address", Api.Password)).ShouldBe(unknown);
        unknown.ShouldStartWith("401 sign-in-failed");
    }

    [Fact]
    public async Task The_page_says_the_same_for_every_reason_too()
    {
        var known = await house.Host.Newcomer(house.Olga, "Known Too");

        var (wrong, unknown) = (await Form(known.Email), await Form($"nobody-{Guid.NewGuid():n}@cluster.example"));

        wrong.ShouldContain("role=\"alert\"");
        wrong.ShouldBe(unknown);
    }

    [Fact]
    public async Task A_hundred_failed_sign_ins_open_nothing_lock_one_account_only_and_tell_nothing()
    {
        var (victim, other) = (await house.Host.Newcomer(house.Olga, "Guessed At"), await house.Host.Newcomer(house.Olga, "Left Alone"));
        var shapes = new HashSet<string>();
        for (var i = 0; i < 100; i++) shapes.Add(Shape(await Try(victim.Email, $"guess number {i}")));

        shapes.ShouldHaveSingleItem();
        Shape(await Try(victim.Email, Api.Password)).ShouldBe(shapes.Single(), "locked for some minutes");
        (await victim.Client.Get("/access/me")).Status.ShouldBe(HttpStatusCode.OK, "who was signed in stays so");
        (await Try(other.Email, Api.Password)).ShouldBe(HttpStatusCode.OK);
    }

    private async Task<Answer> Try(string email, string password)
    {
        using var anybody = house.Host.Anonymous();
        return await anybody.Post("/access/sign-in", new { email, password });
    }

    private async Task<string> Form(string email)
    {
        using var browser = house.Host.Anonymous();
        var (token, cookie) = await Pages.FormToken(browser, "/sign-in");
        Dictionary<string, string> form = new()
        {
            ["_handler"] = "sign-in",
            ["__RequestVerificationToken"] = token,
            ["Form.Email"] = email,
            ["Form.Password"] = "wrong password",
        };
        var answer = await Pages.Post(browser, "/sign-in", form, ("Cookie", cookie));
        return Regex.Replace(answer.Body.Replace(email, "…", StringComparison.Ordinal), "(__RequestVerificationToken\" value=\")[^\"]+", "$1…");
    }

    /// <summary>All that a guesser sees, less what differs between any two answers.</summary>
    private static string Shape(Answer answer) =>
        $"{(int)answer.Status} {answer.Code} {Regex.Replace(answer.Body, "\"traceId\":\"[^\"]+\"", "")} {string.Join(", ", answer.Headers.Where(h => h.Key != "Date").OrderBy(h => h.Key).Select(h => $"{h.Key}: {h.Value}"))}";
}
