using System.Text.Json.Serialization;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Access.Contracts;

/// <summary>Tells people what concerns them: in the app, and by mail as each person chose.</summary>
public interface INotices
{
    /// <summary>Tells it once, however often it is asked to: the same <see cref="Notice.To"/>, <see cref="Notice.Kind"/> and <see cref="Notice.Cause"/> are one notice.</summary>
    /// <param name="happened">When what it tells of happened: the order of the list, whichever of two is told first.</param>
    Task Tell(Notice notice, DateTimeOffset happened, CancellationToken ct);
}

/// <summary>Something that concerns a person.</summary>
/// <param name="Kind">A <see cref="NoticeKind.Name"/>.</param>
/// <param name="Cause">The event that it tells of.</param>
/// <param name="Href">The page that shows it.</param>
/// <param name="About">The person whom the text names as {0}; the name is looked up when the notice is shown, so that an erased person is not named.</param>
/// <param name="Subject">What the text names as {1}, such as a firm's name or a skill; never personal data.</param>
public sealed record Notice(Id<Person> To, string Kind, Guid Cause, string Href, Id<Person>? About = null, string? Subject = null);

/// <summary>When a notice also goes by mail, unless the person chose otherwise.</summary>
[JsonConverter(typeof(WireNameConverter<NoticeMail>))]
public enum NoticeMail
{
    [JsonStringEnumMemberName("never")]
    Never,

    /// <summary>With the others in one mail a day.</summary>
    [JsonStringEnumMemberName("digest")]
    Digest,

    [JsonStringEnumMemberName("at-once")]
    AtOnce,
}

/// <summary>A kind of notice, declared by the module that tells it.</summary>
/// <param name="Name">Kebab-case and stable. Its text is <c>Notice-{Name}</c> in <paramref name="Texts"/>.</param>
/// <param name="Topic">What people choose mail by: <c>learning</c>, <c>accreditation</c>, <c>firm</c>, <c>resources</c>, <c>privacy</c>.</param>
/// <param name="Texts">The module's class of texts.</param>
public sealed record NoticeKind(string Name, string Topic, Type Texts, NoticeMail Mail);

/// <summary>Declares kinds of notices.</summary>
public static class NoticeKinds
{
    public static IServiceCollection AddNoticeKind(this IServiceCollection services, NoticeKind kind) => services.AddSingleton(kind);
}
