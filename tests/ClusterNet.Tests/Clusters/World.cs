using System.Globalization;
using System.Net;
using System.Text;
using ClusterNet.Privacy;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Clusters;

/// <summary>What HTTP tests of this module begin with.</summary>
internal static class World
{
    private static int _numbers;

    public const string FirmHeader = "name,registration_no,country,nuts,city,nace,headcount,turnover_eur,balance_sheet_eur,joined_on,website";
    public const string PersonHeader = "firm,given_name,family_name,email,role,job_title,language";

    public static object FirmBody(string name, string? number = null, string city = "Menden") =>
        new { name, registrationNumber = number ?? $"HRB {Interlocked.Increment(ref _numbers)}", country = "DE", nuts = "DEA58", city, nace = "25.62" };

    /// <summary>A cluster; its founder coordinates it.</summary>
    public static async Task<string> Found(this Account founder, string name = "Lenne valley") =>
        (await founder.Client.Post("/clusters", new { name, nuts = "DEA58", sectors = (string[])["24", "25.62"], charter = "We share.", businessObjective = "Grow" }))
        .ShouldBe(HttpStatusCode.Created).Id;

    /// <summary>A firm; who registers it owns it.</summary>
    public static async Task<string> Register(this Account owner, string name, string? number = null) =>
        (await owner.Client.Post("/clusters/firms", FirmBody(name, number))).ShouldBe(HttpStatusCode.Created).Id;

    /// <summary>A firm of the owner's that the coordinator's cluster has admitted.</summary>
    public static async Task<string> Join(this Account owner, string cluster, Account coordinator, string name, string? number = null)
    {
        var firm = await owner.Register(name, number);
        (await owner.Client.Post($"/clusters/{cluster}/memberships", new { firm, reason = "To learn together" })).ShouldBe(HttpStatusCode.Created);
        (await coordinator.Client.Post($"/clusters/{cluster}/memberships/{firm}/admission", new { reason = "Welcome" })).ShouldBe(HttpStatusCode.OK);
        return firm;
    }

    public static object PersonBody(string email, string position = "employee", string givenName = "Ben", string familyName = "Bolt") =>
        new { email, givenName, familyName, position, jobTitle = "Turner", language = "de" };

    public static string NewEmail() => $"p{Guid.NewGuid():n}@firm.example";

    /// <summary>How many keys of persons there are: a dry run makes none.</summary>
    public static async Task<long> KeyCount(this RunningHost host)
    {
        await using var command = host.Services.GetRequiredService<KeyDatabase>().Source.CreateCommand("select count(*) from keys.data_key");
        return Convert.ToInt64(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
    }

    public static byte[] Csv(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Rows read, accepted, already there, rejected.</summary>
    public static (int, int, int, int) Counts(this Answer report)
    {
        report.ShouldBe(HttpStatusCode.OK);
        int Of(string name) => report.Json[name].ShouldNotBeNull().GetValue<int>();
        return (Of("rowsRead"), Of("accepted"), Of("alreadyThere"), Of("rejected"));
    }
}
