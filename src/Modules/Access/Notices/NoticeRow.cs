using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using Npgsql;

namespace ClusterNet.Access.Notices;

/// <summary>A notice as it is kept: state, for what it tells of stands in the history already.</summary>
/// <param name="Id">In the order in which what they tell of happened.</param>
/// <param name="Mail">What is still to be done by mail.</param>
internal sealed record NoticeRow(
    Guid Id, Id<Person> Person, string Kind, string Href, Id<Person>? About, string? Subject, DateTimeOffset At, DateTimeOffset? ReadAt, MailState Mail)
{
    public const string Script = """
        create table access.notice (
            id uuid primary key, person uuid not null, kind text not null, cause uuid not null, href text not null, about uuid, subject text,
            at timestamptz not null, read_at timestamptz, mail text not null, unique (person, kind, cause)
        );
        create index notice_person on access.notice (person, id);
        create index notice_unread on access.notice (person) where read_at is null;
        create index notice_mail on access.notice (mail, person, id) where mail in ('digest', 'at-once');
        create index notice_at on access.notice (at);
        create table access.notice_preference (person uuid, topic text, mail text not null, primary key (person, topic));
        """;

    public const string Columns = "id, person, kind, href, about, subject, at, read_at, mail";

    public static NoticeRow Read(NpgsqlDataReader r) => new(
        r.GetGuid(0), new(r.GetGuid(1)), r.GetString(2), r.GetString(3), r.IsDBNull(4) ? null : new Id<Person>(r.GetGuid(4)), r.IsDBNull(5) ? null : r.GetString(5),
        r.GetFieldValue<DateTimeOffset>(6), r.IsDBNull(7) ? null : r.GetFieldValue<DateTimeOffset>(7), WireNames.Parse<MailState>(r.GetString(8)));
}

/// <summary>What is to be done about a notice by mail.</summary>
internal enum MailState
{
    [JsonStringEnumMemberName("none")]
    None,

    [JsonStringEnumMemberName("digest")]
    Digest,

    [JsonStringEnumMemberName("at-once")]
    AtOnce,

    [JsonStringEnumMemberName("sent")]
    Sent,
}
