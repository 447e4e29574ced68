using System.Net;
using ClusterNet.Access.Contracts;
using ClusterNet.Access.Erasures;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Tests.Access;
using ClusterNet.Tests.Accreditation;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;

namespace ClusterNet.Tests.Privacy;

public sealed class ForgottenTests(StoryHost story) : IClassFixture<StoryHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Database Database => story.Host.Services.GetRequiredService<Database>();

    [Fact]
    public async Task No_role_of_the_application_changes_envelopes_and_only_access_forgets_what_an_order_names()
    {
        var mira = await story.Entrepreneur();
        await Should.ThrowAsync<PostgresException>(() => Database.Execute("access", [Statement.Of("update privacy.envelope set envelope = null")], Ct));
        await Should.ThrowAsync<PostgresException>(() => Database.Execute("learning", [Statement.Of("select privacy.forget($1, $1)", Guid.NewGuid())], Ct));
        (await Forget(Guid.NewGuid(), mira.Person)).ShouldBe(0);

        var asked = await mira.Client.Post("/access/me/erasure", new { confirm = "erase", classes = new[] { "freetext" } });
        await Life.Carried(story.Host);
        (await Forget(Guid.Parse(asked.Id), mira.Person)).ShouldBe(0);

        var left = await story.Host.Services.GetRequiredService<SubjectData>().Envelopes(Guid.Parse(mira.Person), Ct);
        left.Where(e => e.KeyClass == "freetext").ShouldAllBe(e => !e.Present);
        left.Where(e => e.KeyClass != "freetext").ShouldAllBe(e => e.Present);
        left.Select(e => e.KeyClass).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task What_a_command_under_way_wrote_after_the_order_goes_at_the_second_look()
    {
        var mira = await story.Entrepreneur();
        var record = await StoryHost.Record(mira, "webinar");
        await mira.Client.Post("/access/me/erasure", new { confirm = "erase" });
        await Life.Carried(story.Host);
        await using (var late = Database.Source.CreateCommand("update learning.records set what = 'zqlate' where id = $1"))
        {
            late.Parameters.Add(new() { Value = Guid.Parse(record) });
            (await late.ExecuteNonQueryAsync(Ct)).ShouldBe(1);
        }

        await Life.Carried(story.Host);

        (await new Traces(story.Host).Of("zqlate")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_erasure_that_a_restore_took_back_is_ordered_again()
    {
        var mira = await story.Entrepreneur();
        ErasureEntry Entry(Guid subject) => new(Guid.NewGuid(), subject, PersonalDataPolicy.All, DateTimeOffset.UtcNow);
        var journal = story.Host.Services.GetRequiredService<ErasureJournal>();
        await journal.Append(Entry(Guid.Parse(mira.Person)), Ct);
        await journal.Append(Entry(Guid.NewGuid()), Ct);

        await Life.Carried(story.Host);

        (await mira.Client.Get("/access/me")).ShouldBeProblem(HttpStatusCode.Unauthorized, "not-signed-in");
        var rows = await ErasureRows.Of(new(Guid.Parse(mira.Person)), Database, Ct);
        rows.ShouldHaveSingleItem().Stage.ShouldBe(ErasureStage.Completed);
        await Life.Carried(story.Host);
        (await ErasureRows.Of(new(Guid.Parse(mira.Person)), Database, Ct)).Count.ShouldBe(1);
    }

    [Fact]
    public void Every_personal_member_of_every_event_is_in_the_inventory_once()
    {
        var entries = story.Host.Services.GetRequiredService<PersonalInventory>().Entries;
        entries.Count.ShouldBeGreaterThan(30);
        entries.Distinct().Count().ShouldBe(entries.Count);
        entries.Select(e => e.KeyClass).Distinct().ShouldBe(PersonalDataPolicy.All, ignoreOrder: true);
        entries.ShouldContain(new PersonalEntry("access", "account_opened", "Email", "contact"));
    }

    private async Task<long> Forget(Guid erasure, string person) => (await Database.Query(
        "access", Statement.Of("select privacy.forget($1, $2)", erasure, Guid.Parse(person)), r => r.GetInt64(0), Ct)).Single();
}
