using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Access.Contracts;

/// <summary>Records what auditors read, before it is answered; for all that no module records in a trail of its own.</summary>
public interface IAuditorReads
{
    /// <summary>Records a read of this request.</summary>
    /// <param name="grant">The grant under which it is read; null when no single one opens it.</param>
    /// <param name="what">Such as <c>list of applications</c>; see <see cref="ReadOf.KindOf"/>.</param>
    /// <param name="persons">Whose data the answer holds, as far as known.</param>
    /// <returns>Why it may not be answered; null when it is recorded.</returns>
    Task<Refusal?> Record(Caller caller, Id<AuditorGrant>? grant, string what, IEnumerable<Id<Person>> persons, CancellationToken ct);
}

/// <summary>What an auditor may add about a read by the query parameter <c>purpose</c>.</summary>
public static class AuditorPurpose
{
    private const int MaxLength = 500;

    private static readonly Refusal Unusable = new(
        "purpose-too-long", $"A purpose is text of at most {MaxLength} characters. Shorten it.", 422);

    /// <returns>The words, empty when there are none; or why they cannot be kept.</returns>
    public static (string Words, Refusal? Refusal) Of(HttpRequest request)
    {
        var words = request.Query["purpose"].ToString();
        return (words, new Faults().OptionalText("purpose", words, MaxLength).All.Count == 0 ? null : Unusable);
    }
}

/// <summary>Published when an auditor has read data of persons.</summary>
/// <param name="Persons">Whose data it was.</param>
public sealed record AuditorHasRead(Id<Person> Auditor, IReadOnlyList<Id<Person>> Persons, DateTimeOffset At);

/// <summary>Reads by auditors are recorded inside, with what exactly was read; elsewhere they are recorded by their address.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReadsRecordedAttribute : Attribute;

/// <summary>All that can be seen there is the reader's own data: that an auditor looks at it is nobody else's business.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OwnDataAttribute : Attribute;

/// <summary>Declares what need not be recorded of an auditor by its address; whatever declares nothing is.</summary>
public static class RecordedReads
{
    /// <inheritdoc cref="ReadsRecordedAttribute"/>
    public static TBuilder ReadsRecorded<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ReadsRecordedAttribute());

    /// <inheritdoc cref="OwnDataAttribute"/>
    public static TBuilder OwnData<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new OwnDataAttribute());
}
