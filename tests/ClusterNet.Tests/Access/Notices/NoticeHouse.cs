using System.Net;
using ClusterNet.Access.Contracts;
using ClusterNet.Access.Notices;
using ClusterNet.EventStore;
using ClusterNet.Mail;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using TestClock = ClusterNet.Tests.EventStore.Fakes.TestClock;
using Told = ClusterNet.Access.Notices.Notices;

namespace ClusterNet.Tests.Access.Notices;

/// <summary>A running Host with an operator, and what tests of notices say and see there.</summary>
public sealed class NoticeHouse : IAsyncLifetime
{
    private Account? _operator;

    internal RunningHost Host { get; } = new();

    internal Account Olga => _operator ?? throw new InvalidOperationException("The house is not open yet.");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Host.InitializeAsync();
        _operator = await Host.Operator();
    }

    internal T Get<T>()
        where T : notnull => Host.Services.GetRequiredService<T>();

    internal static Id<Person> IdOf(Account account) => Id<Person>.Parse(account.Person, null);

    internal Task<Account> Newcomer(string name = "Nora Newcomer") => Host.Newcomer(Olga, name);

    /// <summary>As a module does; learning-confirmed is for the daily mail, learning-disputed goes at once.</summary>
    internal Task Tell(Account to, string kind, Account? about = null, Guid? cause = null, string? subject = null, DateTimeOffset? happened = null) => Get<INotices>().Tell(
        new(IdOf(to), kind, cause ?? Guid.NewGuid(), "/learning/records/0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f", about is null ? null : IdOf(about), subject),
        happened ?? DateTimeOffset.UtcNow, Ct);

    /// <summary>A post office on a clock of its own; the Host's own one goes on beside it.</summary>
    internal NoticePost PostAt(DateTimeOffset now) => new(
        Get<Database>(), Get<IAccounts>(), Get<IAccountSettings>(), Get<NoticeTexts>(), Get<PageLinks>(), Get<HomeZone>(), Get<IMailer>(), new TestClock { Now = now });

    internal Told ListAt(DateTimeOffset now) =>
        new(Get<Database>(), Get<IAccounts>(), Get<NoticePreferences>(), Get<NoticeTopics>(), new TestClock { Now = now });

    internal static async Task<IReadOnlyList<string>> Texts(Account reader, string? language = null)
    {
        var answer = language is null ? await reader.Client.Get("/access/me/notices") : await reader.Client.Get("/access/me/notices", ("Accept-Language", language));
        return [.. answer.ShouldBe(HttpStatusCode.OK).Items.Select(i => $"{i["text"]}")];
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
