using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Tests.EventStore.Fakes;
using Shouldly;
using static ClusterNet.Tests.EventStore.Fakes.Given;
using static ClusterNet.Tests.EventStore.Fakes.Rig;

namespace ClusterNet.Tests.EventStore;

public class UpcastingTests
{
    [Theory]
    [InlineData(1, "N")]
    [InlineData(2, "Amount")]
    public async Task Old_schemas_are_lifted_step_by_step_with_their_envelopes(int schema, string amountName)
    {
        await using var rig = await Start();
        var (stream, id) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var key = (await rig.Get<KeyRing>().FindOrMake(new HashSet<KeyName> { new(Ada.Value, "learning") }, Ct)).Values.Single();
        var envelope = Envelope.Seal(id, Ada.Value, "learning", key, """{"Remark":"old words"}"""u8);
        var data = $$"""{"{{amountName}}": 7, "By": "{{Ada}}"}""";
        await rig.Execute("insert into events.mt_streams (id, type, version) values ($1, 'tally', 1)", stream);
        await rig.Execute("""
            insert into events.mt_events (seq_id, id, stream_id, version, data, type, headers)
            values (nextval('events.mt_events_sequence'), $1, $2, 1, $3::text::jsonb, 'tally_added', $4::text::jsonb)
            """, id, stream, data, $$"""{"module": "fake", "schema": {{schema}}}""");
        await rig.Execute(
            "insert into privacy.envelope values ($1, $2, 'learning', $3, $4, $5)", id, Ada.Value, envelope.Ct, envelope.Kc, envelope.Sealed);

        var loaded = await rig.Tallies.Load(stream, Ct);

        loaded.Events[0].Fact.ShouldBe(new TallyAdded(7, "hours", Ada, "old words"));
        (await rig.Scalar<bool>("select data = $1::text::jsonb from events.mt_events", data)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_schema_without_a_step_stops_the_reader()
    {
        await using var rig = await Start();
        var stream = Guid.CreateVersion7();
        await rig.Execute("insert into events.mt_streams (id, type, version) values ($1, 'tally', 1)", stream);
        await rig.Execute("""
            insert into events.mt_events (seq_id, id, stream_id, version, data, type, headers)
            values (nextval('events.mt_events_sequence'), gen_random_uuid(), $1, 1, '{}', 'tally_added', '{"module": "fake", "schema": -1}')
            """, stream);

        await Should.ThrowAsync<UnknownEventException>(rig.Tallies.Load(stream, Ct));
    }

    [Fact]
    public void A_personal_value_anywhere_but_in_the_event_itself_is_refused_at_start()
    {
        Should.Throw<InvalidOperationException>(() => PersonalMember.Of(typeof(Nested)).ToList()).Message.ShouldContain("Nested.Addresses");
        Should.Throw<InvalidOperationException>(() => PersonalMember.Of(typeof(Optional)).ToList()).Message.ShouldContain("Optional.Name");
        Should.Throw<InvalidOperationException>(() => PersonalMember.Of(typeof(Plain)).ToList()).Message.ShouldContain("Plain.Name");
        Should.Throw<InvalidOperationException>(() => PersonalMember.Of(typeof(Unmarked)).ToList()).Message.ShouldContain("not marked");
        Should.Throw<InvalidOperationException>(() => PersonalMember.Of(typeof(NoSubject)).ToList()).Message.ShouldContain("no Id member");
    }

    [Fact]
    public void An_event_that_no_serializer_was_generated_for_is_refused_at_start() =>
        Should.Throw<InvalidOperationException>(() => new EventTypes([new(Fake.Module, typeof(Fake).Assembly, EmptyJson.Default)], []))
            .Message.ShouldContain("not declared [JsonSerializable] in EmptyJson");

    private sealed record Address(Personal<string> Street);

    private sealed record Nested(ImmutableArray<Address> Addresses);

    private sealed record Optional(Personal<string>? Name);

    private sealed record Plain([PersonalData(PersonalDataAttribute.Stream, KeyClass.Identity)] string Name);

    private sealed record Unmarked(Personal<string> Name);

    private sealed record NoSubject(string Person, [PersonalData(nameof(Person), KeyClass.Identity)] Personal<string> Name);
}

[JsonSerializable(typeof(string))]
internal sealed partial class EmptyJson : JsonSerializerContext;
