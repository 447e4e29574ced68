using System.Net;
using ClusterNet.Access.Contracts;
using ClusterNet.Access.Grants;
using ClusterNet.Access.Passkeys;
using ClusterNet.EventStore;
using ClusterNet.Skills;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;
using ClusterNet.Tests.Skills;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Tests.AccessMatrix;

/// <summary>
/// Two clusters: the caller's own one with the own firm and a neighbour, and another one with a firm of its own. Everything is made over
/// HTTP by those who may.
/// </summary>
public sealed class MatrixWorld : IAsyncLifetime
{
    private Place? _own, _neighbour, _other;

    /// <summary>A visitor asks for every row within a minute or two.</summary>
    internal RunningHost Host { get; } = new() { More = new Dictionary<string, string?> { ["ClusterNet:RateLimits:AnonymousPerMinute"] = "100000" } };

    internal Place Own => _own!; // made before any test, as the others

    internal Place Neighbour => _neighbour!;

    internal Place Other => _other!;

    internal Someone Operator { get; private set; } = null!; // as above

    internal Someone SecondOperator { get; private set; } = null!; // as above

    internal Someone LeavingOperator { get; private set; } = null!; // as above

    internal HttpClient Visitor { get; private set; } = null!; // as above

    internal FrozenHistory History { get; private set; } = null!; // as above

    /// <summary>Ids of what belongs to nobody and no cluster.</summary>
    internal Dictionary<string, string> Things { get; } = [];

    public async ValueTask InitializeAsync()
    {
        await Host.InitializeAsync();
        await SkillsModule.InstallStarter(Host.Services, null, CancellationToken.None);
        await MatrixCatalogue.Fill(Host);
        Visitor = Host.Anonymous();
        Operator = new(await Host.Operator());
        var (own, other) = (new MatrixCluster(Host, Operator.Account, "Lenne valley"), new MatrixCluster(Host, Operator.Account, "Elbe mouth"));
        await own.Build();
        await other.Build();
        _own = await new MatrixFirm(Host, own, "Acme").Build(all: true);
        _neighbour = await new MatrixFirm(Host, own, "Bolt").Build(all: false);
        _other = await new MatrixFirm(Host, other, "Cask").Build(all: false);
        foreach (var place in new[] { Own, Neighbour, Other }) await GiveOwnSignIn(place);
        await CloseAudit(Own, Neighbour);
        await CloseAudit(Other);
        foreach (var someone in Matrix.OfCluster.Select(role => own.Cast[role]).Append(Operator)) someone.Things["own token"] = await MatrixFirm.Token(someone);
        foreach (var someone in Everybody())
        {
            await NoteSignIn(someone);
            await Tell(someone);
            await Host.ConfirmEmail(someone.Account);
            var host = someone == Neighbour.Member ? Other : Neighbour;
            var invitation = await MatrixFirm.Invite(host.Cast["manager"].Account, host.Firm, someone.Account.Email);
            someone.Things["invitation to the caller"] = someone.Things["invitation to somebody"] = invitation.Id;
        }

        await BuildInstallation(own);
        await Host.Signed();
        History = await FrozenHistory.Prepare(Host.Services.GetRequiredService<Database>());
    }

    private async Task CloseAudit(params Place[] places)
    {
        var found = places.SelectMany(p => Matrix.OfFirm.Select(role => new Found(p.Cast[role].Person, p.Firm, MatrixCluster.Skill, 3, 1)));
        var audit = await Host.CloseAudit(places[0].Cluster, [.. found]);
        foreach (var place in places) place.Things["closed audit of the cluster"] = audit;
    }

    private async Task BuildInstallation(MatrixCluster cluster)
    {
        (SecondOperator, LeavingOperator) = (await cluster.Newcomer(), await cluster.Newcomer());
        Things["operator's role"] = await MakeOperator(SecondOperator);
        Things["operator's role that ends"] = await MakeOperator(LeavingOperator);
        Things["link to join"] = (await MatrixFirm.Invite(Other.Cast["manager"].Account, Other.Firm, World.NewEmail())).Text("invitationToken");
        Things["outsider"] = (await cluster.Newcomer()).Person;
        Things["address"] = (await cluster.Newcomer()).Account.Email;
        var erased = await cluster.Newcomer();
        Things["receipt"] = (await erased.Client.Post("/access/me/erasure", new { confirm = "erase" })).ShouldBe(HttpStatusCode.Created).Id;
        var invited = (await Operator.Client.Post("/access/accounts", new { email = World.NewEmail(), name = "Ida Invited" })).ShouldBe(HttpStatusCode.Created).Id;
        Things["invitation"] = (await Operator.Client.Post($"/access/accounts/{invited}/invitation", null)).Text("invitationToken");
    }

    private async Task GiveOwnSignIn(Place place) =>
        (await Operator.Client.Put(
            $"/access/firms/{place.Firm}/sign-in-provider",
            new { issuer = "https://login.example", clientId = "c", mailDomains = new[] { $"f{place.Firm.Replace("-", "", StringComparison.Ordinal)}.example" } }))
        .ShouldBe(HttpStatusCode.OK);

    private async Task<string> MakeOperator(Someone who) =>
        (await Operator.Client.Post("/access/roles", new { person = who.Person, role = "operator", scopeKind = "installation", reason = "Stands in" }))
        .ShouldBe(HttpStatusCode.Created).Id;

    /// <summary>A session of one's own again, after a probe has ended it.</summary>
    internal async Task SignInAgain(Someone someone)
    {
        someone.Account = await Host.SignIn(someone.Account.Email);
        await NoteSignIn(someone);
    }

    /// <summary>The session that somebody has now, and a passkey, which only a browser can make: it is put where it is kept.</summary>
    private async Task NoteSignIn(Someone someone)
    {
        var sessions = (await someone.Client.Get("/access/me/sessions")).Items;
        var current = sessions.Single(s => (bool)s["current"]!)["id"]!.ToString(); // as the answer's record has them
        someone.Things["sign-in session"] = someone.Things["somebody's sign-in session"] = current;
        var passkey = Guid.NewGuid();
        await Host.Services.GetRequiredService<Database>().Execute("access", [Passkey(passkey, someone.Person)], TestContext.Current.CancellationToken);
        someone.Things["passkey"] = someone.Things["somebody's passkey"] = passkey.ToString();
    }

    private async Task Tell(Someone someone)
    {
        var notice = new Notice(Id<Person>.Parse(someone.Person, null), ReadNotices.Kind.Name, Guid.NewGuid(), "/my-data");
        await Host.Services.GetRequiredService<INotices>().Tell(notice, DateTimeOffset.UtcNow, TestContext.Current.CancellationToken);
        someone.Things["notice"] = someone.Things["somebody's notice"] = (await someone.Client.Get("/access/me/notices")).Items[0]["id"]!.ToString(); // notices have ids
    }

    private static Statement Passkey(Guid id, string person)
    {
        var made = new UserPasskeyInfo(id.ToByteArray(), id.ToByteArray(), DateTimeOffset.UtcNow, 0, [], true, false, false, [], []);
        return PasskeyRows.Insert(id, Id<Person>.Parse(person, null), made, "Phone", DateTimeOffset.UtcNow);
    }

    private IEnumerable<Someone> Everybody() =>
    [
        .. Matrix.OfFirm.Concat(Matrix.OfCluster).Select(role => Own.Cast[role]), Neighbour.Member, Other.Member, Operator,
    ];

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
