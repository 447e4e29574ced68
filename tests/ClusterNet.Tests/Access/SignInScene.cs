using System.Net;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Answer = ClusterNet.Tests.Hosting.Answer;
using Database = ClusterNet.EventStore.Database;

namespace ClusterNet.Tests.Access;

/// <summary>A Host with an operator, and newcomers who sign in to it.</summary>
public sealed class SignInScene : IAsyncLifetime
{
    private Account? _operator;

    internal RunningHost Host { get; } = new();

    internal Account Operator => _operator ?? throw new InvalidOperationException("The scene is set before its tests.");

    public async ValueTask InitializeAsync()
    {
        await Host.InitializeAsync();
        _operator = await Host.Operator();
    }

    internal Task<Account> Newcomer() => Host.Newcomer(Operator, "Nora Newcomer");

    internal async Task<Answer> SignIn(string email, string password = Api.Password)
    {
        using var anonymous = Host.Anonymous();
        return await anonymous.Post("/access/sign-in", new { email, password });
    }

    /// <summary>Somebody who is invited and has not accepted.</summary>
    internal async Task<(string Person, string Email, string Token)> Invited()
    {
        var email = $"invited-{Guid.NewGuid():n}@cluster.example";
        var person = (await Operator.Client.Post("/access/accounts", new { email, name = "Ines Invited" })).Id;
        return (person, email, (await Operator.Client.Post($"/access/accounts/{person}/invitation", null)).Text("invitationToken"));
    }

    /// <summary>As a clock that goes on would: nobody waits in tests.</summary>
    internal async Task Sql(string sql, params object[] values)
    {
        await using var command = Host.Services.GetRequiredService<Database>().Source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The session's cookie that an answer sets.</summary>
    internal static string Cookie(Answer answer) => answer.ShouldBe(HttpStatusCode.OK).Headers["Set-Cookie"].Split(';')[0];

    /// <summary>The token in the link of the newest mail to an address.</summary>
    internal async Task<string> MailedToken(string email, string path)
    {
        var mails = await Host.MailsTo(email);
        return mails.SelectMany(m => m.Links).Last(l => l.AbsolutePath == path).Query.Split('=')[1];
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
